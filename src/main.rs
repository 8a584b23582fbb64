//! Mounts the page.
use leptos::prelude::mount_to_body;
use lineage::view::App;

fn main() {
    console_error_panic_hook::set_once();
    mount_to_body(App);
}
