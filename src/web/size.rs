//! How large an element is, as it changes.
use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry, ResizeObserverSize};

/// Width and height of an element in CSS pixels; zero until it is laid out.
pub type Measured = (f32, f32);

/// Follows the size of whatever `element` gives, until the owner goes.
pub fn observe_size(element: impl Fn() -> Option<Element> + 'static) -> ReadSignal<Measured> {
    let (size, set_size) = signal((0.0, 0.0));
    Effect::new(move |_| {
        let Some(element) = element() else { return };
        // The observer tells the size: to ask the element would lay out again what others have changed by now.
        let changed = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let Some(now) = entries.iter().last().as_ref().and_then(measured) else { return };
            if size.try_get_untracked().is_some_and(|before| before != now) {
                set_size.set(now);
            }
        });
        let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let kept = StoredValue::new_local((observer, changed));
        on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
    });
    size
}

/// Of the box with its borders, which is what an observer is told of an `svg` as well.
fn measured(entry: &JsValue) -> Option<Measured> {
    let entry: &ResizeObserverEntry = entry.unchecked_ref();
    let size: ResizeObserverSize = entry.border_box_size().get(0).dyn_into().ok()?;
    Some((size.inline_size() as f32, size.block_size() as f32))
}
