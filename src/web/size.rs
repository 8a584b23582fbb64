//! How large an element is, as it changes.
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

/// Width and height of an element in CSS pixels; zero until it is laid out.
pub type Measured = (f32, f32);

/// Follows the size of whatever `element` gives, until the owner goes.
pub fn observe_size(element: impl Fn() -> Option<Element> + 'static) -> ReadSignal<Measured> {
    let (size, set_size) = signal((0.0, 0.0));
    Effect::new(move |_| {
        let Some(element) = element() else { return };
        let measured = element.clone();
        let changed = Closure::<dyn FnMut()>::new(move || {
            let rect = measured.get_bounding_client_rect();
            let now = (rect.width() as f32, rect.height() as f32);
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
