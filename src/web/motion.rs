//! Motion that the browser does by itself.
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::dom;

/// Whether the reader has asked for less motion.
pub fn is_still() -> bool {
    let query = |window: web_sys::Window| window.match_media("(prefers-reduced-motion: reduce)");
    dom::window().and_then(|window| query(window).ok()?).is_some_and(|query| query.matches())
}

/// Leads a property of an element from one value to another, which it is to have afterwards.
pub fn animate(element: &Element, property: &str, [from, to]: [&str; 2], millis: u64) {
    let values = Array::of2(&from.into(), &to.into());
    let frames = Object::new();
    for (name, value) in [(property, values.as_ref()), ("easing", &"ease-out".into())] {
        // A plain object takes any property.
        let _ = Reflect::set(&frames, &name.into(), value);
    }
    let animate = Reflect::get(element, &"animate".into());
    if let Some(animate) = animate.ok().and_then(|it| it.dyn_into::<Function>().ok()) {
        // What cannot be animated is where it is to be.
        let _ = animate.call2(element, &frames, &(millis as f64).into());
    }
}
