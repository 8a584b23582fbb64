//! The values of one JSON text, against `serde_json::Value`.
use lineage::facts::{Json, Kind, Node};
use proptest::prelude::*;
use serde_json::{Value, json};

/// What a node is, rebuilt by the accessors alone.
fn value_of(node: Node<'_>) -> Value {
    match node.kind().unwrap() {
        Kind::Null => Value::Null,
        Kind::Bool(is_so) => json!(is_so),
        Kind::Number(number) => serde_json::from_str(number).unwrap(),
        Kind::Text(_) => json!(node.text().unwrap()),
        Kind::List => node.items().map(value_of).collect(),
        Kind::Object => {
            let members = node.members();
            assert!(members.is_sorted_by(|a, b| a.0 < b.0));
            for &(key, value) in &members {
                assert_eq!(value_of(node.get(key)), value_of(value), "{key}");
            }
            members.into_iter().map(|(key, value)| (key.to_owned(), value_of(value))).collect()
        }
    }
}

fn read(text: &str) -> Option<Value> {
    Json::read(text).map(|json| value_of(json.root()))
}

#[test]
fn texts_are_judged_as_the_decoder_judges_them() {
    let deep = |n: usize| "[".repeat(n) + &"]".repeat(n);
    let deepest = [deep(127), deep(128), "[".repeat(1_000_000)];
    let texts = [
        "",
        " ",
        "7",
        "-0",
        "01",
        "1.",
        ".5",
        "1e5",
        "1E+",
        "-",
        "+1",
        "nul",
        "nulls",
        "true false",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{1:2}",
        "{\"a\":1,\"a\":2}",
        "\"",
        "\"\\\"",
        "\"\\\\\"",
        "\"\\x\"",
        "\"\\u00e9\\/\\b\\f\\n\\r\\t\"",
        "\"\\u12\"",
        "\"\\u+123\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"",
        "\"\\ud83d\\u0041\"",
        "\"\n\"",
        "\"\\ué00\"",
        "\u{a0}1",
        "{}x",
        "{\"\\u0061\":[{}, []]}\r\n",
    ];
    for text in texts.into_iter().chain(deepest.iter().map(String::as_str)) {
        let said = text.get(..40).unwrap_or(text);
        assert_eq!(read(text), serde_json::from_str(text).ok(), "{said}");
    }
}

#[test]
fn what_is_asked_of_nothing_is_nothing() {
    let json = Json::read("{\"a\":[1]}").unwrap();
    let none = json.root().get("b").get("c");
    assert!(none.kind().is_none() && none.text().is_none() && none.members().is_empty());
    assert_eq!((none.items().count(), json.root().items().count()), (0, 0));
    assert_eq!(json.root().get("a").get("").items().count(), 0);
}

proptest! {
    #[test]
    fn a_text_has_the_values_that_the_decoder_finds(value in a_value()) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            prop_assert_eq!(read(&text), serde_json::from_str(&text).ok());
        }
    }

    #[test]
    fn a_damaged_text_is_refused_when_the_decoder_refuses_it(
        value in a_value(), at in any::<prop::sample::Index>(), put in "[{}\\[\\],:\"\\\\u0 .tn-]?",
    ) {
        let mut text: Vec<char> = value.to_string().chars().collect();
        let at = at.index(text.len());
        text.splice(at..=at, put.chars());
        let text: String = text.into_iter().collect();
        prop_assert_eq!(read(&text), serde_json::from_str(&text).ok());
    }
}

fn a_value() -> impl Strategy<Value = Value> {
    let text = || "[a-c\"\\\\/{}\\[\\],:é😀\n\t\u{1}]{0,5}";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(|is_so| json!(is_so)),
        any::<i64>().prop_map(|n| json!(n)),
        any::<u64>().prop_map(|n| json!(n)),
        (-1e6..1e6).prop_map(|n: f64| json!(n)),
        text().prop_map(|text| json!(text)),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        let list = prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from);
        let object = prop::collection::btree_map(text(), inner, 0..5);
        prop_oneof![list, object.prop_map(|map| map.into_iter().collect())]
    })
}
