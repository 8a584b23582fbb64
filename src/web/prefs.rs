//! What a reader has chosen for this browser, kept where the browser lets it.
use super::dom;

/// Preferences. They never change what is shown, only how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prefs {
    /// Light or dark.
    pub theme: Theme,
    /// Which clock.
    pub clock: Clock,
    /// The tour is not to be offered any more.
    pub is_toured: bool,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// In which zone times are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// The browser's zone.
    #[default]
    Local,
    /// UTC.
    Utc,
}

impl Theme {
    /// All of them, in the order in which a button goes round.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// As `data-theme` spells it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Clock {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Local, Self::Utc];

    /// As it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Utc => "utc",
        }
    }
}

const THEME_KEY: &str = "lineage.theme";
const CLOCK_KEY: &str = "lineage.clock";
const TOUR_KEY: &str = "lineage.tour";
const TOURED: &str = "done";

impl Prefs {
    /// What was kept; the default for whatever was not, or cannot be read.
    pub fn load() -> Self {
        let theme = Theme::ALL.into_iter().find(|it| kept(THEME_KEY).as_deref() == Some(it.word()));
        let clock = Clock::ALL.into_iter().find(|it| kept(CLOCK_KEY).as_deref() == Some(it.word()));
        let is_toured = kept(TOUR_KEY).as_deref() == Some(TOURED);
        Self { theme: theme.unwrap_or_default(), clock: clock.unwrap_or_default(), is_toured }
    }

    /// Keeps them, where the browser allows it.
    pub fn save(self) {
        keep(THEME_KEY, self.theme.word());
        keep(CLOCK_KEY, self.clock.word());
        if self.is_toured {
            keep(TOUR_KEY, TOURED);
        }
    }

    /// Goes round the themes.
    pub fn next_theme(&mut self) {
        self.theme = match self.theme {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        };
    }

    /// To the other clock.
    pub fn next_clock(&mut self) {
        self.clock = if self.clock == Clock::Local { Clock::Utc } else { Clock::Local };
    }

    /// Tells the style sheets.
    pub fn apply(self) {
        let theme = Some(self.theme.word()).filter(|_| self.theme != Theme::System);
        dom::set_root_attribute("data-theme", theme);
    }
}

pub(super) fn kept(key: &str) -> Option<String> {
    dom::window()?.local_storage().ok()??.get_item(key).ok()?
}

pub(super) fn keep(key: &str, value: &str) {
    let storage = dom::window().and_then(|window| window.local_storage().ok()?);
    if let Some(storage) = storage {
        // A full or forbidden storage forgets; the choice holds until the page is closed.
        let _ = storage.set_item(key, value);
    }
}
