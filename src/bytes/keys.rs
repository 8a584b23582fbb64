//! The two keys that matter to the structure of an object: `events` among its own, and the key that
//! it begins with, which shows where a like object begins inside it.
const EVENTS: &[u8] = b"events";

/// A longer first key is not remembered.
const FIRST_BYTES: usize = 32;

/// What the string in hand is to the object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// The key that the object begins with.
    First,
    /// Another of its keys.
    Own,
    /// The key that an object inside it begins with.
    FirstInside,
    /// None of these, or not to be compared.
    #[default]
    Other,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    role: Role,
    /// Of the string in hand.
    n_bytes: usize,
    /// So far it agrees with what its role compares it to.
    agrees: bool,
    first: [u8; FIRST_BYTES],
    /// 0: not known.
    n_first: usize,
}

impl Keys {
    pub(super) fn begin(&mut self, role: Role) {
        (self.role, self.n_bytes, self.agrees) = (role, 0, true);
    }

    /// The string goes on.
    pub(super) fn part(&mut self, part: &[u8]) {
        let (from, to) = (self.n_bytes, self.n_bytes.saturating_add(part.len()));
        self.n_bytes = to;
        match self.role {
            Role::Other => {}
            Role::First => {
                if let Some(place) = self.first.get_mut(from..to) {
                    place.copy_from_slice(part);
                }
                self.agrees &= EVENTS.get(from..to) == Some(part);
            }
            Role::Own => self.agrees &= EVENTS.get(from..to) == Some(part),
            Role::FirstInside => self.agrees &= self.first.get(from..to) == Some(part),
        }
    }

    /// The string ends. Whether it is the object's first key, in an object inside it.
    pub(super) fn end(&mut self) -> bool {
        if self.role == Role::First && self.n_bytes <= FIRST_BYTES {
            self.n_first = self.n_bytes;
        }
        let is_first = self.agrees && self.n_bytes == self.n_first && self.n_first > 0;
        self.role == Role::FirstInside && is_first
    }

    /// Whether the last string was the object's own key `events`.
    pub(super) fn is_events(&self) -> bool {
        let is_own = matches!(self.role, Role::First | Role::Own);
        is_own && self.agrees && self.n_bytes == EVENTS.len()
    }
}
