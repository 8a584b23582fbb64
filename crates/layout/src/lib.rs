//! What is built for speed where the rest of the page is built for size: layered graph layout, and the
//! sorting and telling apart of rows that it and all else rests on. Knows nothing of logs or browsers.
pub mod layout;
pub mod order;
