//! A picture of SVG as one of pixels: drawn by the browser, at a size that it can hold.
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlImageElement, OffscreenCanvas, OffscreenCanvasRenderingContext2d, Url};

use super::dom;

/// The text of an SVG file as a PNG of so many pixels.
///
/// # Errors
/// When the browser does not draw it: it has no such canvas, or not the room for it.
pub async fn png(svg: &str, (width, height): (u32, u32)) -> Result<Blob, JsValue> {
    let address = Url::create_object_url_with_blob(&dom::blob("image/svg+xml", svg)?)?;
    let drawn = draw(&address, (width, height)).await;
    Url::revoke_object_url(&address)?;
    JsFuture::from(drawn?).await?.dyn_into()
}

async fn draw(address: &str, (width, height): (u32, u32)) -> Result<Promise, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(address);
    JsFuture::from(image.decode()).await?;
    let canvas = OffscreenCanvas::new(width, height)?;
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: OffscreenCanvasRenderingContext2d = context.dyn_into()?;
    let (wide, high) = (f64::from(width), f64::from(height));
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, wide, high)?;
    canvas.convert_to_blob()
}
