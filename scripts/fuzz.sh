#!/usr/bin/env bash
# Fuzzes the core with libFuzzer, guided by coverage, on the stable compiler: scripts/fuzz.sh [target...];
# all of tests/fuzz by default, each for TIME seconds. What reaches new code is kept in
# target/fuzz/corpus for the next time; what fails is kept in target/fuzz/failed, and is the next seed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh

TIME=${TIME:-60}
target=${CARGO_TARGET_DIR:-$PWD/target}/fuzz
host=$(rustc --version --verbose | sed -n 's/^host: //p')
[ $# -gt 0 ] || set -- records events history address

# The compiler's own pass counts the edges and shows the operands of comparisons; it needs no nightly.
# The triple is named so that build scripts are spared.
flags="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares"
RUSTFLAGS=$flags CARGO_TARGET_DIR=$target cargo build --quiet --locked --release --target "$host" \
  --manifest-path tests/fuzz/Cargo.toml

for name in "$@"; do
  corpus=$target/corpus/$name
  failed=$target/failed/$name
  mkdir -p "$corpus" "$failed"
  echo "fuzz: $name for $TIME s"
  "$target/$host/release/$name" -max_total_time="$TIME" -max_len=16384 -timeout=20 -rss_limit_mb=2048 \
    -print_final_stats=1 -dict=tests/fuzz/words.dict -artifact_prefix="$failed/" \
    "$corpus" "tests/fuzz/seeds/$name" 2>&1 | grep -vE '^#[0-9]+.*(NEW|REDUCE|RELOAD)' ||
    { echo "fuzz: FAILED: $name; see $failed" >&2; exit 1; }
done
