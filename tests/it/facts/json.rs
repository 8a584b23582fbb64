//! An event's own JSON, set for reading.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use expect_test::{Expect, expect};
use lineage::facts::{is_whole_object, pretty};
use proptest::prelude::*;
use serde_json::json;

#[test]
fn json_is_set_for_reading_and_else_left_alone() {
    let check = |text: &str, expected: Expect| expected.assert_eq(&pretty(text));
    check(
        r#"{"a":[1,2.50],"b":{},"c":[ ],"d":"{,}\"\\"}"#,
        expect![[r#"
        {
          "a": [
            1,
            2.50
          ],
          "b": {},
          "c": [],
          "d": "{,}\"\\"
        }"#]],
    );
    assert_eq!(pretty("[1,"), "[\n  1,\n  ");
    check(r#""never ends \"#, expect![[r#""never ends \"#]]);
    assert!(is_whole_object(b" {\"a\":[\"}\\\\\", {}]} "));
    for cut in [
        "", " ", "1", "[1]", "{\"a\":1", "\"a\":1}", "{\"}", "{]", "{[}]", "{\"\\\"}", "{}{}",
        "{},",
    ] {
        assert!(!is_whole_object(cut.as_bytes()), "{cut}");
    }
    assert!(!is_whole_object(b"{\"\xff\"}"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pretty_json_is_what_a_serializer_writes(value in a_value()) {
        let expected = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(&pretty(&value.to_string()), &expected);
        prop_assert_eq!(pretty(&expected), expected);
    }

    #[test]
    fn setting_any_text_loses_nothing_but_spaces(text in "[\\[\\]{}:,\" a1é\\\\\n]{0,60}") {
        let dense = |text: &str| text.split_ascii_whitespace().collect::<String>();
        prop_assert_eq!(dense(&pretty(&text)), dense(&text));
    }
}

fn a_value() -> impl Strategy<Value = serde_json::Value> {
    let text = "[a-c\"\\\\{}\\[\\],: é\n]{0,8}";
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<i64>().prop_map(|n| json!(n)),
        text.prop_map(|text| json!(text))
    ];
    leaf.prop_recursive(5, 40, 4, move |inner| {
        let list = prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from);
        let object = prop::collection::btree_map(text, inner, 0..4);
        prop_oneof![list, object.prop_map(|members| json!(members))]
    })
}
