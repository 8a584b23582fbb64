//! Hash maps and sets for looking up, never for walking: their order means nothing.

/// A map by hash.
pub(super) type Map<K, V> = hashbrown::HashMap<K, V, foldhash::fast::FixedState>;

/// A set by hash.
pub(super) type Set<K> = hashbrown::HashSet<K, foldhash::fast::FixedState>;
