//! What a reader who sees nothing is told while a page changes, and when that is due. A message waits until
//! nothing more has been asked for a while: by then only the last one of each topic is left, and all that
//! waits is said at once. What a while is, and when it has passed, the caller knows.

/// What a message is about. What is said at once is said in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// The log that comes in.
    Log,
    /// What of the log or the address could not be used.
    Trouble,
    /// The page that has come.
    Page,
    /// The moment that everything is told of.
    Moment,
    /// How much a list, a search or a picture has now.
    Amount,
    /// Something was copied, saved or put together.
    Done,
}

/// Messages that wait: texts, or whatever makes them once they are due.
#[derive(Debug)]
pub struct Speech<T> {
    /// At most one of each topic.
    waiting: Vec<(Topic, T)>,
    n_asked: u32,
}

impl<T> Default for Speech<T> {
    fn default() -> Self {
        Self { waiting: Vec::new(), n_asked: 0 }
    }
}

impl<T> Speech<T> {
    /// Takes a message in place of the one of its topic that waits. The number is to be handed to
    /// [`Self::rested`] when a while has passed.
    pub fn ask(&mut self, topic: Topic, message: T) -> u32 {
        self.forget(topic);
        self.waiting.push((topic, message));
        self.n_asked = self.n_asked.wrapping_add(1);
        self.n_asked
    }

    /// What waits of a topic is not true any more.
    pub fn forget(&mut self, topic: Topic) {
        self.waiting.retain(|(other, _)| *other != topic);
    }

    /// All that waits, in the order of topics; none where more was asked after that number.
    pub fn rested(&mut self, number: u32) -> Option<Vec<T>> {
        if number != self.n_asked {
            return None;
        }
        let mut due = std::mem::take(&mut self.waiting);
        due.sort_by_key(|(topic, _)| *topic);
        Some(due.into_iter().map(|(_, message)| message).collect())
    }
}

/// Messages as one: each a sentence of its own, without those that are empty.
pub fn as_one(messages: impl IntoIterator<Item = String>) -> String {
    let mut said = String::new();
    for message in messages.into_iter().filter(|it| !it.is_empty()) {
        if !said.is_empty() {
            said.push_str(if said.ends_with(['.', '?', '!', '…']) { " " } else { ". " });
        }
        said.push_str(&message);
    }
    said
}
