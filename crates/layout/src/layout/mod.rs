//! Layered graph layout: sizes and edges in, places and curves out.
//!
//! The framework is that of Sugiyama, Tagawa and Toda (1981), in numbered phases, one public function each:
//!
//! ```text
//! p0 parts → p1 cycles → p2 ranks → p3 dummies → p4 order → p5 coordinates → p6 routes → p7 pack
//! ```
//!
//! Knows no domain, clock or randomness: the same request gives the same picture, bit by bit. Effort is
//! limited in counted steps, never in time. All data is in flat arrays of `u32` ids; nothing recurses.

mod axes;
pub mod berths;
pub mod csr;
pub mod geometry;
pub mod order;
pub mod request;

pub mod p0_parts;
pub mod p1_cycles;
pub mod p2_ranks;
mod p2_simplex;
mod p2_tree;
pub mod p3_dummies;
pub mod p4_crossings;
pub mod p4_order;
mod p4_sift;
mod p4_start;
pub mod p4_sweep;
pub mod p5_coordinates;
mod p5_straighten;
pub mod p6_routes;
pub mod p7_pack;

mod assemble;
mod part;
mod raw_routes;

pub use assemble::layout;
pub use geometry::{Cubic, Point, Rect, Route, Routes, Size};
pub use request::{Berth, Gaps, Layout, LayoutEdge, LayoutRequest, Orientation};
