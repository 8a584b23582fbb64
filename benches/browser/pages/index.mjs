// What a plain script makes of the log: objects in Maps, with both directions of every link. The
// baseline of the benches, and how they find things to ask for. It takes one spelling, resolves a read
// to what is current when it is told, and answers as of the end alone: less than the page does.

/** Wants, runs and partitions by their names, filled event by event. */
export class Index {
  wants = new Map();
  runs = new Map();
  partitions = new Map();
  labels = new Map();
  taints = new Map();
  nEvents = 0;

  /** Takes one event in the flat spelling with proto names. */
  add(event) {
    this.nEvents += 1;
    for (const key in event) {
      const handle = HANDLERS[key];
      if (handle) return handle(this, event[key], event);
    }
  }

  partition(ref) {
    let partition = this.partitions.get(ref);
    if (!partition) {
      partition = {
        ref, current: undefined, instances: [], wants: [], nReads: 0, readers: [],
        consumers: new Set(), sources: new Set(),
      };
      this.partitions.set(ref, partition);
    }
    return partition;
  }

  run(id) {
    let run = this.runs.get(id);
    if (!run) {
      run = {
        id, label: "", status: "queued", reason: undefined, steps: [],
        wants: [], writes: [], reads: [], missing: [], spawned: [],
      };
      this.runs.set(id, run);
    }
    return run;
  }

  want(id) {
    let want = this.wants.get(id);
    if (!want) {
      want = { id, createdAt: 0, source: undefined, partitions: [], runs: [], nOpen: 0, isCanceled: false };
      this.wants.set(id, want);
    }
    return want;
  }

  /** How many wants are done, canceled and open. */
  answer() {
    const counts = { done: 0, canceled: 0, open: 0 };
    for (const want of this.wants.values()) {
      counts[want.isCanceled ? "canceled" : want.nOpen === 0 ? "done" : "open"] += 1;
    }
    return counts;
  }
}

const HANDLERS = {
  want_create_v1(index, { want_id, partitions, source }, { timestamp }) {
    const want = index.want(want_id);
    want.createdAt = timestamp;
    want.source = source;
    for (const { ref } of partitions) {
      const partition = index.partition(ref);
      want.partitions.push(partition);
      if (partition.current) continue;
      want.nOpen += 1;
      partition.wants.push(want);
    }
    const cause = source?.job_triggered?.job_run_id;
    if (cause !== undefined) index.run(cause).spawned.push(want);
  },
  want_cancel_v1(index, { want_id }) {
    const want = index.want(want_id);
    want.isCanceled = want.nOpen > 0;
  },
  job_run_buffer_v1(index, payload, event) {
    const run = step(index, payload, "queued", event);
    run.label = payload.job_label;
    const ofLabel = index.labels.get(run.label);
    if (ofLabel) ofLabel.push(run);
    else index.labels.set(run.label, [run]);
    for (const { ref } of payload.building_partitions) {
      const partition = index.partition(ref);
      const instance = { partition, run, status: "building", readers: [] };
      partition.instances.push(instance);
      run.writes.push(instance);
    }
    for (const { want_id } of payload.want_attributed_partitions) {
      const want = index.want(want_id);
      want.runs.push(run);
      run.wants.push(want);
    }
  },
  job_run_queue_v1(index, payload, event) {
    step(index, payload, "queued", event);
  },
  job_run_heartbeat_v1(index, payload, event) {
    step(index, payload, "running", event);
  },
  job_run_success_v1(index, payload, event) {
    const run = end(index, payload, "succeeded", "live", event);
    for (const { impacted, read } of payload.read_deps ?? []) {
      const built = impacted.map(({ ref }) => index.partition(ref));
      for (const { ref } of read) link(run, index.partition(ref), built);
    }
    for (const { partition } of run.writes) goLive(partition);
  },
  job_run_failure_v1(index, payload, event) {
    end(index, payload, "failed", "failed", event).reason = payload.reason;
  },
  job_run_cancel_v1(index, payload, event) {
    end(index, payload, "canceled", "canceled", event);
  },
  job_run_missing_deps_v1(index, payload, event) {
    const run = end(index, payload, "dep-miss", "missed", event);
    run.missing = payload.missing_deps.flatMap(({ missing }) => missing.map(({ ref }) => index.partition(ref)));
  },
  taint_create_v1(index, { taint_id, partitions }) {
    const tainted = (partitions ?? []).map(({ ref }) => index.partition(ref).current).filter(Boolean);
    for (const instance of tainted) instance.status = "tainted";
    index.taints.set(taint_id, tainted);
  },
  taint_cancel_v1(index, { taint_id }) {
    for (const instance of index.taints.get(taint_id) ?? []) instance.status = "live";
  },
};

/** One line of a run's history; many heartbeats are one. */
function step(index, { job_run_id }, status, { event_id, timestamp }) {
  const run = index.run(job_run_id);
  if (run.steps.at(-1)?.status !== status) run.steps.push({ event_id, status, timestamp });
  run.status = status;
  return run;
}

function end(index, payload, status, ofInstances, event) {
  const run = step(index, payload, status, event);
  for (const instance of run.writes) instance.status = ofInstances;
  return run;
}

function link(run, partition, built) {
  partition.nReads += 1;
  for (const consumer of built) {
    partition.consumers.add(consumer);
    consumer.sources.add(partition);
  }
  const read = partition.current ?? partition;
  if (run.reads.includes(read)) return;
  run.reads.push(read);
  read.readers.push(run);
}

function goLive(partition) {
  partition.current = partition.instances.at(-1);
  for (const want of partition.wants) want.nOpen -= 1;
  partition.wants.length = 0;
}
