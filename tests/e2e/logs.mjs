// Logs for the journeys, told in works: who built what from what.

/**
 * A log as NDJSON. Each work is one job run with the want for what it builds.
 *
 * @param {{ run: string, label?: string, builds: string[], reads?: string[], want?: string, reason?: string }[]} works
 *   in the order in which they ran; one with a `reason` failed
 */
export function logOf(works) {
  const events = works.flatMap(({ run, label = "//jobs:build", builds, reads = [], want = `W-${run}`, reason }) => {
    const partitions = builds.map((ref) => ({ ref }));
    const read_deps = [{ impacted: partitions, read: reads.map((ref) => ({ ref })) }];
    return [
      { want_create_v1: { want_id: want, partitions, source: { manually_triggered: { user: "ops" } } } },
      {
        job_run_buffer_v1: {
          job_run_id: run, job_label: label, building_partitions: partitions,
          want_attributed_partitions: [{ want_id: want, partitions }],
        },
      },
      { job_run_heartbeat_v1: { job_run_id: run } },
      reason ? { job_run_failure_v1: { job_run_id: run, reason } } : { job_run_success_v1: { job_run_id: run, read_deps } },
    ];
  });
  return linesOf(events);
}

/** `link/0` ← `link/1` ← … : each built from the one before, by a job of its own. */
export const chainOf = (n) =>
  logOf(Array.from({ length: n }, (_, i) => ({
    run: `JR-${i}`, label: `//jobs:link-${i}`, builds: [`link/${i}`], reads: i > 0 ? [`link/${i - 1}`] : [],
  })));

/** `hub`, and `n` partitions of one dataset that were built from it by one job; some of it failed. */
export const fanOf = (n) =>
  logOf([
    { run: "JR-hub", label: "//jobs:hub", builds: ["hub"] },
    ...Array.from({ length: n }, (_, i) => ({
      run: `JR-${i}`, label: "//jobs:report", builds: [`report/day=${i}`], reads: ["hub"],
    })),
  ]);

/** `hub`, `n` reports that were built from it, and a summary that was built from each of those. */
export const layersOf = (n) =>
  logOf([
    { run: "JR-hub", label: "//jobs:hub", builds: ["hub"] },
    ...Array.from({ length: n }, (_, i) => [
      { run: `JR-${i}`, label: "//jobs:report", builds: [`report/day=${i}`], reads: ["hub"] },
      { run: `JR-S${i}`, label: "//jobs:summary", builds: [`summary/day=${i}`], reads: [`report/day=${i}`] },
    ]).flat(),
  ]);

// Events of one want, run or partition each.
const want = (want_id, partition, source) => ({ want_create_v1: { want_id, partitions: [partition], source } });
const buffer = (job_run_id, partition, want_id) => ({
  job_run_buffer_v1: {
    job_run_id, job_label: `//jobs:${partition.ref}`, building_partitions: [partition],
    want_attributed_partitions: [{ want_id, partitions: [partition] }],
  },
});
const heartbeat = (job_run_id) => ({ job_run_heartbeat_v1: { job_run_id } });
const success = (job_run_id, impacted, read) => ({
  job_run_success_v1: { job_run_id, read_deps: [{ impacted: [impacted], read }] },
});

/** Events as lines, a second apart. */
const linesOf = (events) => {
  const line = (event, i) => JSON.stringify({ event_id: i + 1, timestamp: 1_732_283_350_000 + i * 1000, ...event });
  return events.map((event, i) => `${line(event, i)}\n`).join("");
};

/** `out`, which `JR-out` built in its third attempt: the first failed, and the second missed `in`, for which `W-in` was made. */
export const retriedLog = () => {
  const [out, source, calendar] = ["out", "in", "calendar"].map((ref) => ({ ref }));
  const by = { manually_triggered: { user: "ops" } };
  const events = [
    want("W-calendar", calendar, by), buffer("JR-calendar", calendar, "W-calendar"), success("JR-calendar", calendar, []),
    want("W-out", out, by), buffer("JR-out", out, "W-out"), heartbeat("JR-out"),
    { job_run_failure_v1: { job_run_id: "JR-out", reason: "lost its machine" } },
    heartbeat("JR-out"),
    { job_run_missing_deps_v1: { job_run_id: "JR-out", missing_deps: [{ impacted: [out], missing: [source] }] } },
    want("W-in", source, { job_triggered: { job_run_id: "JR-out" } }),
    buffer("JR-in", source, "W-in"), heartbeat("JR-in"), success("JR-in", source, []),
    heartbeat("JR-out"), success("JR-out", out, [source, calendar]),
  ];
  return linesOf(events);
};

/** `W-top` waits for `mid`, which `JR-mid` fails to build in event 9; later another run builds it, and all is well. */
export const alarmLog = () => {
  const [top, mid] = ["top", "mid"].map((ref) => ({ ref }));
  const events = [
    want("W-top", top, { manually_triggered: { user: "ops" } }), buffer("JR-top", top, "W-top"), heartbeat("JR-top"),
    { job_run_missing_deps_v1: { job_run_id: "JR-top", missing_deps: [{ impacted: [top], missing: [mid] }] } },
    want("W-mid", mid, { job_triggered: { job_run_id: "JR-top" } }), buffer("JR-mid", mid, "W-mid"),
    { job_run_queue_v1: { job_run_id: "JR-mid" } }, heartbeat("JR-mid"),
    { job_run_failure_v1: { job_run_id: "JR-mid", reason: "disk full" } },
    buffer("JR-mid-2", mid, "W-mid"), heartbeat("JR-mid-2"), success("JR-mid-2", mid, []),
    heartbeat("JR-top"), success("JR-top", top, [mid]),
  ];
  return linesOf(events);
};

/** Names that are hard to lay out: very long, without a place to break, of other scripts, from right to left, and of pictures. */
export const HARD_NAMES = {
  long: `warehouse/${"a_rather_long_name_of_a_schema/".repeat(9)}date=2026-11-21/region=north-west`,
  unbroken: `data/${"unbroken".repeat(40)}`,
  chinese: "数据仓库/客户订单明细汇总表/按地区和产品类别统计/日期=2026-11-21",
  arabic: "بيانات/طلبات_العملاء_اليومية/المنطقة=الشمال/تاريخ=2026-11-21",
  emoji: "data/🚀🧪👩‍👩‍👧‍👦🏳️‍🌈/day=🌞",
};

/** Each of the hard names as a partition, a job, a run and a want; the long one was built from all others, two of which are newer. */
export const hardLog = () => {
  const { long, ...others } = HARD_NAMES;
  const work = (ref, more = {}) => ({ run: `run-${ref}`, label: `//jobs:${ref}`, builds: [ref], want: `want-${ref}`, ...more });
  return logOf([
    ...Object.values(others).map((ref) => work(ref)),
    work(long, { reads: Object.values(others) }),
    work(others.arabic, { run: "again", want: "W-again" }),
    work(others.chinese, { run: "anew", want: "W-anew" }),
    work(long, { run: `failed-${long}`, want: `failed-${long}`, reason: `could not read ${long} beside ${others.arabic}` }),
    work(long, { run: `more-${long}`, want: `more-${long}`, reads: [others.emoji, others.unbroken] }),
    work(others.emoji, { run: "later", want: "W-later" }),
  ]);
};
