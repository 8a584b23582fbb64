//! How a piece becomes a Leptos view: built, changed in place, and never written by a server.
use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::{AddAnyAttr, Render, RenderHtml};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState};

use crate::view::el::built::{BuiltEl, BuiltPieces};
use crate::view::el::{Child, El};

/// Pieces one after the other, without an element around them.
pub struct Pieces(Vec<Child>);

impl Pieces {
    /// Of what stands in `pieces`.
    pub fn new<T: Into<Child>>(pieces: impl IntoIterator<Item = T>) -> Self {
        Self(pieces.into_iter().map(Into::into).collect())
    }
}

impl Render for El {
    type State = BuiltEl;

    fn build(self) -> BuiltEl {
        BuiltEl::new(self)
    }

    fn rebuild(self, state: &mut BuiltEl) {
        state.update(self);
    }
}

impl Render for Pieces {
    type State = BuiltPieces;

    fn build(self) -> BuiltPieces {
        BuiltPieces::new(self.0)
    }

    fn rebuild(self, state: &mut BuiltPieces) {
        state.update(self.0);
    }
}

/// The page is drawn in the browser alone: there is no text of a server to write or to take over.
macro_rules! drawn_in_the_browser {
    ($piece:ty) => {
        impl AddAnyAttr for $piece {
            type Output<A: Attribute> = Self;

            fn add_any_attr<A: Attribute>(self, _: A) -> Self {
                self
            }
        }

        impl RenderHtml for $piece {
            type AsyncOutput = Self;
            type Owned = Self;
            const MIN_LENGTH: usize = 0;

            fn dry_resolve(&mut self) {}

            async fn resolve(self) -> Self {
                self
            }

            fn to_html_with_buf(
                self,
                _: &mut String,
                _: &mut Position,
                _: bool,
                _: bool,
                _: Vec<AnyAttribute>,
            ) {
            }

            fn hydrate<const FROM_SERVER: bool>(
                self,
                _: &Cursor,
                _: &PositionState,
            ) -> Self::State {
                self.build()
            }

            fn into_owned(self) -> Self {
                self
            }
        }
    };
}

drawn_in_the_browser!(El);
drawn_in_the_browser!(Pieces);
