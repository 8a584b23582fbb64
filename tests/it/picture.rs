//! Events as pictures, in the language of `fixture`; and all that events are, ids among it.
use std::fmt::Write;

use lineage::events::{
    Attributions, Events, Id, NameTable, Names, Pairs, PartitionRef, Payload, Seq, Source,
};

/// The picture of events, with the id and the nanoseconds of each. Names that the language cannot
/// say are quoted.
pub fn picture(events: &Events) -> String {
    events.seqs().map(|seq| line(events, seq) + "\n").collect()
}

fn line(events: &Events, seq: Seq) -> String {
    let id = events.log.event_id(seq).map_or(String::from("#-"), |id| format!("#{id}"));
    let nanos = events.log.nanos(seq);
    let mut line = format!("{id} @{nanos} ");
    say(&mut line, &events.names, events.payload(seq));
    line
}

/// As a word of the language: as it is, or quoted.
pub fn word(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/_-.:=".contains(&byte);
    if !name.is_empty() && name.bytes().all(is_plain) {
        name.to_owned()
    } else {
        format!("{name:?}")
    }
}

fn say(line: &mut String, names: &Names, payload: Payload<'_>) {
    let want = |id| word(names.wants.text(id));
    let run = |id| word(names.runs.text(id));
    let taint = |id| word(names.taints.text(id));
    let refs = |list: &[PartitionRef]| -> String {
        list.iter().flat_map(|&r| [String::from(" "), reference(names, r)]).collect()
    };
    let mut tail = (Source::Unknown, None);
    let said = match payload {
        Payload::WantCreate(create) => {
            tail = (create.source, create.comment);
            let mut said = format!("want {}{}", want(create.want), refs(create.partitions));
            let times = [create.data_time_secs, create.ttl_secs, create.sla_secs];
            for (name, secs) in ["data", "ttl", "sla"].into_iter().zip(times) {
                let _ = secs.map(|secs| write!(said, " {name} {secs}"));
            }
            said
        }
        Payload::WantCancel { want: id, source, comment } => {
            tail = (source, comment);
            format!("cancel want {}", want(id))
        }
        Payload::JobRunBuffer { run: id, label, building, wants } => {
            let label = word(names.labels.text(label));
            let wants = attributions(names, wants);
            format!("buffer {} {label}{}{wants}", run(id), refs(building))
        }
        Payload::JobRunQueue { run: id } => format!("queue {}", run(id)),
        Payload::JobRunHeartbeat { run: id } => format!("heartbeat {}", run(id)),
        Payload::JobRunSuccess { run: id, read_deps } => match read_deps {
            None => format!("success {}", run(id)),
            Some(Pairs { lengths: [], .. }) => format!("success {} -", run(id)),
            Some(deps) => format!("success {}{}", run(id), entries(names, deps)),
        },
        Payload::JobRunFailure { run: id, reason } => {
            tail = (Source::Unknown, reason);
            format!("fail {}", run(id))
        }
        Payload::JobRunCancel { run: id, source, comment } => {
            tail = (source, comment);
            format!("cancel run {}", run(id))
        }
        Payload::JobRunMissingDeps { run: id, missing_deps, read_deps } => {
            let (missing, read) = (entries(names, missing_deps), entries(names, read_deps));
            let read = if read.is_empty() { read } else { format!(" read{read}") };
            format!("miss {}{missing}{read}", run(id))
        }
        Payload::TaintCreate { taint: id, partitions, source, comment } => {
            tail = (source, comment);
            format!("taint {}{}", taint(id), refs(partitions))
        }
        Payload::TaintCancel { taint: id, source, comment } => {
            tail = (source, comment);
            format!("cancel taint {}", taint(id))
        }
    };
    line.push_str(&said);
    let by = match tail.0 {
        Source::Unknown => String::new(),
        Source::Manual(None) => String::from(" by hand"),
        Source::Manual(Some(user)) => format!(" by {}", word(names.texts.text(user))),
        Source::Run(id) => format!(" by run {}", run(id)),
    };
    line.push_str(&by);
    if let Some(text) = tail.1 {
        let _ = write!(line, " because {}", words(names.texts.text(text)));
    }
}

fn words(text: &str) -> String {
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn reference(names: &Names, PartitionRef { partition, uuid }: PartitionRef) -> String {
    let name = word(names.partitions.text(partition));
    uuid.map_or_else(|| name.clone(), |uuid| format!("{name}@{}", word(names.texts.text(uuid))))
}

fn list(names: &Names, refs: &[PartitionRef]) -> String {
    refs.iter().map(|&r| reference(names, r)).collect::<Vec<_>>().join(",")
}

fn entries(names: &Names, pairs: Pairs<'_>) -> String {
    let entry =
        |(impacted, others)| [" ", &list(names, impacted), "<-", &list(names, others)].concat();
    pairs.entries().map(entry).collect()
}

fn attributions(names: &Names, wants: Attributions<'_>) -> String {
    let entry = |(want, refs)| format!(" {}:{}", word(names.wants.text(want)), list(names, refs));
    let entries: String = wants.entries().map(entry).collect();
    if entries.is_empty() { entries } else { format!(" for{entries}") }
}

/// All that events are, but for their places: ids, names in order, and payloads by id.
pub fn all_of(events: &Events) -> String {
    let mut all = String::new();
    for seq in events.seqs() {
        let (log, payload) = (&events.log, events.payload(seq));
        let (id, nanos) = (log.event_id(seq), log.nanos(seq));
        assert_eq!((log.kind(seq), log.subject(seq)), (payload.kind(), payload.subject()));
        let _ = writeln!(all, "{id:?} {nanos} {payload:?}");
    }
    all + &format!("{:?} {:?}", names_of(events), events.log.unit)
}

pub fn names_of(events: &Events) -> [Vec<&str>; 6] {
    fn list<T: Id>(table: &NameTable<T>) -> Vec<&str> {
        table.ids().map(|id| table.text(id)).collect()
    }
    let names = &events.names;
    [
        list(&names.wants),
        list(&names.partitions),
        list(&names.runs),
        list(&names.labels),
        list(&names.taints),
        list(&names.texts),
    ]
}
