//! What is stale and what uses what, one instance at a time: everything that it was built from,
//! one hop after the other.
use crate::oracle::history::{Instance, Key, Twin, push_new};

/// Why something makes stale.
pub enum Why {
    Tainted { by: String, since: usize },
    Superseded { by: Key, since: usize },
}

impl Why {
    pub fn since(&self) -> usize {
        match self {
            Self::Tainted { since, .. } | Self::Superseded { since, .. } => *since,
        }
    }
}

impl Twin<'_> {
    /// The instances that ever went live.
    pub fn live(&self) -> Vec<&Instance> {
        self.instances.iter().filter(|instance| instance.live.is_some()).collect()
    }

    /// A taint that stands, the first of them; else the next instance of the partition to go live.
    pub fn why(&self, key: &Key) -> Option<Why> {
        let stands = self.taints.iter().find(|taint| {
            taint.laid_on.contains(key) && taint.canceled.is_none_or(|seq| seq > self.now())
        });
        if let Some(taint) = stands {
            return Some(Why::Tainted { by: taint.id.clone(), since: taint.created });
        }
        let versions = self.versions_of(key.partition());
        let is_newer = |live: usize| match self.built(key) {
            Some(instance) => instance.live.is_some_and(|since| live > since),
            // It was there when it was first read.
            None => self.begun(key).is_some_and(|(first_read, ..)| live >= first_read),
        };
        let newer = versions.into_iter().find(|version| version.live.is_some_and(is_newer))?;
        Some(Why::Superseded { by: newer.key(), since: newer.live? })
    }

    /// The root cause of a live instance that is stale, and how many reads away it is.
    pub fn stale(&self, key: &Key) -> Option<(Key, usize)> {
        let (mut seen, mut open) = (vec![key.clone()], vec![key.clone()]);
        let mut hops = 0;
        while !open.is_empty() {
            hops += 1;
            let mut causes: Vec<Key> = Vec::new();
            let mut next: Vec<Key> = Vec::new();
            for reader in &open {
                for read in self.reads_for(reader) {
                    match self.why(&read) {
                        Some(Why::Tainted { .. }) => causes.push(read.clone()),
                        Some(_) if read.partition() != reader.partition() => {
                            causes.push(read.clone());
                        }
                        _ => {}
                    }
                    if !seen.contains(&read) {
                        seen.push(read.clone());
                        next.push(read);
                    }
                }
            }
            let rank = |key: &Key| (self.why(key).map(|why| why.since()), self.begun(key));
            if let Some(first) = causes.into_iter().min_by_key(rank) {
                return Some((first, hops));
            }
            open = next;
        }
        None
    }

    /// How many reads it is from what `key` was built from back to the nearest of `roots`.
    pub fn hops_to(&self, key: &Key, roots: &[Key]) -> Option<usize> {
        let (mut seen, mut open) = (Vec::new(), vec![key.clone()]);
        for hops in 0.. {
            if open.iter().any(|key| roots.contains(key)) {
                return Some(hops);
            }
            let mut next: Vec<Key> = Vec::new();
            for read in open.iter().flat_map(|key| self.reads_for(key)) {
                if !seen.contains(&read) {
                    seen.push(read.clone());
                    next.push(read);
                }
            }
            if next.is_empty() {
                return None;
            }
            open = next;
        }
        None
    }

    /// Everything live that was built from one of `roots` and is none, with the hops.
    pub fn impact(&self, roots: &[Key]) -> Vec<(Key, usize)> {
        let live = self.live().into_iter().map(Instance::key).filter(|key| !roots.contains(key));
        live.filter_map(|key| self.hops_to(&key, roots).map(|hops| (key, hops))).collect()
    }

    /// The requested partitions that one of `keys` satisfied, each with its want.
    pub fn satisfied_by(&self, keys: &[Key]) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for want in self.wants() {
            for partition in self.requested(want) {
                if let Some((_, instance)) = self.satisfied(want, partition)
                    && keys.contains(&instance.key())
                {
                    found.push((want.to_owned(), partition.to_owned()));
                }
            }
        }
        found
    }

    /// The runs in progress of which an attempt has read one of `keys`.
    pub fn reading(&self, keys: &[Key]) -> Vec<String> {
        let mut runs = Vec::new();
        for set in &self.read_sets {
            let in_progress = matches!(self.run_status(&set.run), Some("queued" | "running"));
            if in_progress && set.read.iter().any(|(read, _)| keys.contains(read)) {
                push_new(&mut runs, set.run.clone());
            }
        }
        runs.sort();
        runs
    }

    /// What was read to build a live instance.
    fn reads_for(&self, key: &Key) -> Vec<Key> {
        let sets = self.read_sets.iter().filter(|set| set.succeeded && set.impacted.contains(key));
        sets.flat_map(|set| set.read.iter().map(|(read, _)| read.clone())).collect()
    }

    fn built(&self, key: &Key) -> Option<&Instance> {
        self.instances.iter().find(|instance| instance.key() == *key)
    }

    /// In which order things began: builds with the event that tells of them, what is known only
    /// from reads with the first read of it, after the builds of that event.
    fn begun(&self, key: &Key) -> Option<(usize, bool, usize)> {
        if let Some(at) = self.instances.iter().position(|instance| instance.key() == *key) {
            return Some((self.instances[at].begun, false, at));
        }
        let reads =
            self.read_sets.iter().flat_map(|set| set.read.iter().map(move |read| (set, read)));
        let mut reads = reads.enumerate();
        reads.find_map(|(at, (set, (read, _)))| (read == key).then_some((set.seq, true, at)))
    }
}
