//! How much a card says, by how far away it is looked at from: nothing is written smaller than it can be
//! read. Pure: a scale in, one of three out.

/// What is drawn of a card. From one to the next the letters grow, and what has no room is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Detail {
    /// Everything.
    #[default]
    Whole,
    /// The name and which one, in large letters, and the status; no words at edges.
    Names,
    /// The status alone, as a block with its mark.
    Blocks,
}

impl Detail {
    /// From the nearest to the farthest.
    pub const ALL: [Self; 3] = [Self::Whole, Self::Names, Self::Blocks];

    /// What can be read where a scene pixel is `scale` screen pixels.
    pub fn at(scale: f32) -> Self {
        let legible = Self::ALL.into_iter().find(|it| scale >= it.least_scale());
        legible.unwrap_or(Self::Blocks)
    }

    /// The same on a sheet of paper, which is read from half as far, and cannot be looked at more closely:
    /// names stay.
    pub fn on_paper(scale: f32) -> Self {
        if 2.0 * scale >= Self::Whole.least_scale() { Self::Whole } else { Self::Names }
    }

    /// The farthest that it can be read from: 12 px are 9 px at 0.75, and 20 px are 8.4 px at 0.42.
    pub const fn least_scale(self) -> f32 {
        match self {
            Self::Whole => 0.75,
            Self::Names => 0.42,
            Self::Blocks => 0.0,
        }
    }

    /// As a class of the picture spells it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Whole => "is-whole",
            Self::Names => "is-names",
            Self::Blocks => "is-blocks",
        }
    }

    /// How much larger than in the whole card its marks are.
    pub const fn enlarged(self) -> f32 {
        match self {
            Self::Whole => 1.0,
            Self::Names => 1.5,
            Self::Blocks => 3.0,
        }
    }
}
