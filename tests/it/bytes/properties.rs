//! `bytes` on random input: the twin, the cuts, what is lost.
use super::{ENOUGH, read, twin};
use lineage::bytes::Shape;
use proptest::prelude::*;

fn event() -> impl Strategy<Value = serde_json::Value> {
    let text = prop_oneof!["[a-z]{0,4}", "[\"\\\\{}\\[\\],:\n é\u{0}]{0,6}"];
    let leaf = prop_oneof![
        text.clone().prop_map(serde_json::Value::from),
        any::<i32>().prop_map(serde_json::Value::from),
        Just(serde_json::Value::Null),
    ];
    let value = leaf.prop_recursive(3, 12, 3, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(serde_json::Value::from),
            prop::collection::hash_map(text.clone(), inner, 0..3)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    });
    (0..1_000, value).prop_map(|(id, value)| serde_json::json!({ "id": id, "payload": value }))
}

/// The events' texts, and the container that holds them.
fn container(events: &[serde_json::Value], shape: Shape, pretty: bool) -> (Vec<String>, String) {
    let print = |event| if pretty { format!("{event:#}") } else { format!("{event}") };
    let texts: Vec<String> = events.iter().map(print).collect();
    let whole = match shape {
        Shape::Lines => texts.join("\r\n") + "\r\n",
        Shape::Array => format!("[{}]", texts.join(", ")),
        Shape::Object => format!("{{\"v\":{{}},\"events\":[{}],\"z\":[{{}}]}}", texts.join(",")),
        Shape::Empty | Shape::Values => texts.concat(),
    };
    (texts, format!("\u{feff}{whole}"))
}

fn shape() -> impl Strategy<Value = Shape> {
    prop::sample::select(vec![Shape::Lines, Shape::Array, Shape::Object, Shape::Values])
}

fn piece() -> impl Strategy<Value = String> {
    let fixed = [
        "{\"a\":1}",
        "{\"a\":\"}{\\\"\"}",
        "{\n \"a\": [1,\n2]\n}",
        "{\"events\":[",
        "\"events\"",
        "]",
        "[",
        "{",
        "}",
        "]}",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        "\r\n",
        " ",
        "\t",
        "\u{feff}",
        "null",
        "x",
        "é",
        "\"b\":",
        "{\"a\":",
        "{\"a\":[",
        "\n\n",
    ];
    prop_oneof![
        4 => prop::sample::select(fixed.to_vec()).prop_map(str::to_string),
        1 => event().prop_map(|event| event.to_string()),
        1 => event().prop_map(|event| format!("{event}\n")),
        1 => "\\PC{0,3}",
    ]
}

proptest! {
    /// The reader and its twin agree on anything, however it is cut.
    #[test]
    fn twins_agree(
        pieces in prop::collection::vec(piece(), 0..14),
        limit in prop::sample::select(vec![ENOUGH, 5, 12, 40]),
        cuts in prop::collection::vec(1_usize..9, 1..8),
    ) {
        let text = pieces.concat().into_bytes();
        let expected = twin(&text, limit);
        prop_assert_eq!(&read([text.as_slice()], limit).0, &expected);
        prop_assert_eq!(&read(text.chunks(1), limit).0, &expected);
        let (mut rest, mut slices) = (text.as_slice(), Vec::new());
        for &n_bytes in cuts.iter().cycle() {
            if rest.is_empty() { break }
            let (slice, after) = rest.split_at(n_bytes.min(rest.len()));
            slices.push(slice);
            rest = after;
        }
        prop_assert_eq!(&read(slices, limit).0, &expected);
    }

    /// Each record is what stands at its place, on its line, and nothing but separators is between.
    #[test]
    fn nothing_is_lost(pieces in prop::collection::vec(piece(), 0..14)) {
        let text = pieces.concat().replace("events", "even");
        let mut end = 0;
        for (bytes, offset, line, _) in read([text.as_bytes()], ENOUGH).0 {
            let offset = offset as usize;
            prop_assert_eq!(&text.as_bytes()[offset..offset + bytes.len()], &bytes);
            prop_assert_eq!(1 + text[..offset].matches('\n').count() as u64, line);
            prop_assert_eq!(text[end..offset].trim_matches([' ', '\t', '\r', '\n', ',', '[', ']', '\u{feff}']), "");
            end = offset + bytes.len();
        }
        prop_assert_eq!(text[end..].trim_matches([' ', '\t', '\r', '\n', ',', '[', ']', '\u{feff}']), "");
    }

    /// Well-formed containers give their events, verbatim.
    #[test]
    fn events_come_out_as_they_went_in(
        events in prop::collection::vec(event(), 1..6),
        shape in shape(),
        pretty: bool,
        n_bytes in 1_usize..50,
    ) {
        let (texts, whole) = container(&events, shape, pretty && shape != Shape::Lines);
        let (found, summary) = read(whole.as_bytes().chunks(n_bytes), ENOUGH);
        let found: Vec<_> = found.into_iter().map(|record| record.0).collect();
        let texts: Vec<_> = texts.into_iter().map(String::into_bytes).collect();
        prop_assert_eq!(found, texts);
        prop_assert!(summary.is_closed);
    }

    /// One byte too many or too few in an array costs its own event and at most two neighbours.
    #[test]
    fn one_wrong_byte_costs_little(
        events in prop::collection::vec(event(), 8),
        byte in prop::sample::select(b"{}[]\",:\\x\n".to_vec()),
        place in any::<prop::sample::Index>(),
        removes: bool,
    ) {
        let (texts, whole) = container(&events, Shape::Array, false);
        let mut broken = whole.into_bytes();
        let at = 4 + place.index(broken.len() - 4);
        if removes { broken.remove(at); } else { broken.insert(at, byte); }
        let found: Vec<_> = read([broken.as_slice()], ENOUGH).0.into_iter().map(|record| record.0).collect();
        let n_lost = texts.iter().filter(|text| !found.iter().any(|bytes| bytes == text.as_bytes())).count();
        prop_assert!(n_lost <= 3, "{} lost of {}", n_lost, broken.escape_ascii());
    }
}
