//! The warehouse as a table: which job builds which datasets from which. Plain data, no behavior.
//!
//! A read of `name` is of the same day and must be there; `~name` is of an earlier day (or, for a
//! monthly dataset, the month so far) and is taken if there is one; `~~name` is of all the days of
//! the week before. What no job builds is external.

/// How often a dataset has a partition.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// `…/date=2026-11-21`
    Daily,
    /// `…/month=2026-11`, built anew every day.
    Monthly,
    /// One partition for good, with this last segment.
    Fixed(&'static str),
}

/// Who asks for what a job builds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The scheduler, every day at this minute.
    At(u16),
    /// Nobody, until a run misses it.
    WhenMissed,
    /// A person, now and then.
    ByHand,
    /// A person, once, when the log begins.
    Once,
}

/// One job of the table.
pub struct Spec {
    /// The label without `//warehouse/`: `staging:orders`.
    pub label: &'static str,
    /// True when there is one partition for each region.
    pub regional: bool,
    /// Of all that it builds.
    pub grain: Grain,
    /// Who asks for it.
    pub asked: Asked,
    /// Datasets, separated by spaces.
    pub builds: &'static str,
    /// Datasets, separated by spaces.
    pub reads: &'static str,
}

const fn regional(at: u16, label: &'static str, builds: &'static str, reads: &'static str) -> Spec {
    Spec { label, regional: true, grain: Grain::Daily, asked: Asked::At(at), builds, reads }
}

const fn world(at: u16, label: &'static str, builds: &'static str, reads: &'static str) -> Spec {
    Spec { label, regional: false, grain: Grain::Daily, asked: Asked::At(at), builds, reads }
}

const fn asked(asked: Asked, spec: Spec) -> Spec {
    Spec { asked, ..spec }
}

const fn grain(grain: Grain, spec: Spec) -> Spec {
    Spec { grain, ..spec }
}

/// Reads that are external and not daily.
pub const FIXED_EXTERNALS: [(&str, &str); 2] =
    [("vendor/holidays", "edition=2026"), ("vendor/geoip", "release=2026.2")];

/// Sales regions; a small log uses the first few.
pub const REGIONS: [&str; 40] = [
    "emea",
    "amer",
    "apac",
    "latam",
    "dach",
    "nordics",
    "benelux",
    "iberia",
    "uki",
    "france",
    "italy",
    "cee",
    "baltics",
    "balkans",
    "turkey",
    "gulf",
    "levant",
    "maghreb",
    "west-africa",
    "east-africa",
    "south-africa",
    "india",
    "japan",
    "korea",
    "china",
    "sea",
    "anz",
    "pacific",
    "canada",
    "us-east",
    "us-west",
    "us-central",
    "us-south",
    "mexico",
    "caribbean",
    "brazil",
    "andes",
    "plata",
    "caucasus",
    "central-asia",
];

/// The jobs. Every dataset is built by one job at most, and the reads without `~` have no cycle.
#[rustfmt::skip]
pub const JOBS: &[Spec] = &[
    regional(15, "raw:orders", "raw/orders raw/order_lines", "vendor/shop_export"),
    regional(15, "raw:payments", "raw/payments", "vendor/settlements"),
    regional(20, "raw:events", "raw/events", "vendor/edge_logs"),
    regional(25, "raw:shipments", "raw/shipments", "vendor/carrier_scans"),
    world(15, "raw:ad_spend", "raw/ad_spend", "vendor/ad_export"),
    world(15, "raw:crm", "raw/accounts raw/contacts", "vendor/crm_export"),
    world(20, "raw:tickets", "raw/tickets", ""),
    world(25, "raw:stock", "raw/stock", ""),
    world(30, "raw:invoices", "raw/invoices", ""),
    world(30, "raw:surveys", "raw/surveys", "vendor/survey_panel"),

    regional(50, "staging:orders", "staging/orders staging/order_lines", "raw/orders raw/order_lines"),
    regional(55, "staging:payments", "staging/payments", "raw/payments"),
    regional(55, "staging:events", "staging/events", "raw/events vendor/geoip"),
    regional(60, "staging:shipments", "staging/shipments", "raw/shipments"),
    world(50, "staging:ad_spend", "staging/ad_spend", "raw/ad_spend"),
    world(50, "staging:accounts", "staging/accounts", "raw/accounts raw/contacts"),
    world(55, "staging:tickets", "staging/tickets", "raw/tickets"),
    world(60, "staging:stock", "staging/stock", "raw/stock"),
    world(60, "staging:invoices", "staging/invoices", "raw/invoices"),
    world(65, "staging:surveys", "staging/surveys", "raw/surveys"),

    asked(Asked::Once, grain(Grain::Fixed("span=2015-2034"),
        world(0, "dim:calendar", "dim/calendar", "vendor/holidays"))),
    world(80, "dim:customers", "dim/customers", "staging/accounts ~dim/customers"),
    world(80, "dim:products", "dim/products", "staging/stock ~dim/products"),
    world(75, "dim:currencies", "dim/currencies", "vendor/fx_fixings"),
    world(85, "dim:stores", "dim/stores", "staging/stock ~dim/stores"),
    world(85, "dim:campaigns", "dim/campaigns", "staging/ad_spend ~dim/campaigns"),

    regional(105, "core:orders", "core/orders", "staging/orders staging/order_lines dim/customers dim/products dim/stores dim/currencies"),
    regional(110, "core:sessions", "core/sessions", "staging/events dim/customers dim/campaigns"),
    regional(130, "core:payments", "core/payments", "staging/payments core/orders dim/currencies dim/stores ~core/payments"),
    regional(135, "core:deliveries", "core/deliveries", "staging/shipments core/orders dim/stores dim/products ~core/deliveries"),
    regional(140, "core:identities", "core/identities", "core/sessions core/orders dim/customers dim/campaigns ~core/identities"),
    world(120, "core:inventory", "core/inventory", "staging/stock dim/products dim/stores ~core/inventory"),
    world(120, "core:support", "core/support", "staging/tickets staging/surveys dim/customers"),
    world(165, "core:ledger", "core/ledger", "staging/invoices core/payments dim/currencies ~core/ledger"),

    regional(190, "mart:revenue", "mart/revenue", "core/orders core/payments dim/currencies dim/products dim/stores dim/calendar ~~core/orders"),
    regional(195, "mart:churn", "mart/churn", "core/identities core/orders dim/customers dim/calendar ~mart/churn ~~core/identities"),
    regional(200, "mart:funnel", "mart/funnel mart/funnel_steps", "core/sessions core/orders dim/campaigns dim/products ~~core/sessions"),
    regional(205, "mart:deliveries", "mart/delivery_times", "core/deliveries core/orders dim/stores dim/calendar ~~core/deliveries"),
    regional(210, "mart:baskets", "mart/baskets mart/basket_pairs", "core/orders staging/order_lines dim/products dim/stores ~~core/orders"),
    regional(215, "mart:attribution", "mart/attribution", "core/sessions core/identities staging/ad_spend dim/campaigns dim/customers ~~core/sessions"),
    regional(235, "mart:customer_value", "mart/customer_value", "core/identities core/payments mart/churn mart/revenue ~mart/customer_value ~~mart/revenue"),
    world(220, "mart:margins", "mart/margins", "core/ledger core/inventory dim/products dim/calendar"),
    world(225, "mart:stock_cover", "mart/stock_cover", "core/inventory dim/products dim/stores dim/calendar ~~core/inventory"),
    world(225, "mart:support_load", "mart/support_load", "core/support dim/customers dim/calendar ~~core/support"),
    world(230, "mart:ad_returns", "mart/ad_returns", "mart/attribution staging/ad_spend dim/campaigns"),

    regional(265, "ml:churn_features", "ml/features/churn", "mart/churn core/sessions core/identities core/support dim/customers ~ml/features/churn ~~mart/churn"),
    regional(270, "ml:demand_features", "ml/features/demand", "mart/revenue mart/baskets core/inventory dim/products dim/stores ~~mart/revenue"),
    world(300, "ml:churn_model", "ml/models/churn", "ml/features/churn ~ml/models/churn"),
    world(305, "ml:demand_model", "ml/models/demand", "ml/features/demand ~ml/models/demand"),
    regional(375, "ml:churn_scores", "ml/scores/churn", "ml/models/churn ml/features/churn core/identities dim/customers ~~ml/features/churn"),
    regional(380, "ml:demand_scores", "ml/scores/demand", "ml/models/demand ml/features/demand core/orders dim/products ~~ml/features/demand"),

    world(285, "reports:revenue", "report/daily_revenue", "mart/revenue dim/calendar dim/currencies"),
    world(290, "reports:operations", "report/operations", "mart/delivery_times mart/stock_cover mart/support_load"),
    world(290, "reports:marketing", "report/marketing", "mart/ad_returns mart/attribution dim/calendar"),
    world(400, "reports:retention", "report/retention", "ml/scores/churn mart/support_load"),
    grain(Grain::Monthly,
        world(310, "reports:finance_close", "report/finance_close", "core/ledger mart/margins dim/calendar ~report/finance_close")),

    asked(Asked::WhenMissed, regional(0, "staging:clicks", "staging/clicks", "raw/events vendor/geoip")),
    asked(Asked::WhenMissed, regional(0, "core:touchpoints", "core/touchpoints", "core/sessions staging/clicks dim/campaigns")),
    asked(Asked::WhenMissed, regional(0, "mart:journeys", "mart/journeys", "core/orders core/touchpoints dim/customers")),
    asked(Asked::ByHand, regional(0, "reports:journeys", "report/journeys", "mart/funnel mart/journeys")),
    asked(Asked::WhenMissed, world(0, "core:audit_trail", "core/audit_trail", "core/ledger staging/invoices")),
    asked(Asked::ByHand, world(0, "reports:audit", "report/audit", "mart/margins core/audit_trail")),
    asked(Asked::WhenMissed, regional(0, "ml:churn_drivers", "ml/drivers/churn", "ml/features/churn ml/models/churn")),
    asked(Asked::ByHand, regional(0, "reports:churn_study", "report/churn_study", "ml/scores/churn ml/drivers/churn")),
];
