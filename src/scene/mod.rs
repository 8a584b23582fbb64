//! Graph + layout → marks in scene pixels: what each card says, how large it is, where it stands,
//! and the curves between. Knows no browser; the page only places what is said here.
mod apart;
mod card;
mod changed;
mod compose;
mod describe;
mod detail;
pub mod draw;
pub mod labels;
mod legend;
pub mod mark;
mod minimap;
mod nearest;
mod paper;
mod places;
pub mod strip;
mod svg;
mod tally;
pub mod text;
mod tone;
mod viewport;
mod vocabulary;

pub use card::{Card, Chip, cards};
pub use changed::{change_word, mark_changed};
pub use compose::{Caption, EdgeMark, Scene, drawn_areas, layout_request, scene};
pub use describe::describe_node;
pub use detail::Detail;
pub use legend::{SIGN, Sign, legend, sign_mark};
pub use mark::Mark;
pub use minimap::Minimap;
pub use nearest::{Direction, nearest};
pub use paper::on_paper;
pub use svg::{About, png_size, svg_file};
pub use tally::{counted_status, stale_cause, status_of, tally};
pub use tone::{Status, Tone};
pub use viewport::{Viewport, n_in_view};
pub use vocabulary::vocabulary;
