//! One test binary: one module per stage, the slow twins in `oracle`.
