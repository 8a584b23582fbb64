#!/usr/bin/env bash
# Measures the built page against its peers in one Chromium and writes BENCHMARKS.md:
# scripts/bench.sh [layout|answer|ingest]. What it makes on the way is kept in target/bench.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh

export BENCH=${1:-${BENCH:-}}
export BENCH_DIR=${BENCH_DIR:-$PWD/target/bench}
case $BENCH in
  "" | layout | answer | ingest) ;;
  *) die "no bench named $BENCH: layout, answer, ingest" ;;
esac

core=(--quiet --locked --profile bench --no-default-features)
mkdir -p "$BENCH_DIR/logs" "$BENCH_DIR/layout"

peers() {
  [ benches/browser/node_modules/.package-lock.json -nt benches/browser/package-lock.json ] ||
    npm ci --prefix benches/browser --ignore-scripts --no-audit --no-fund --loglevel=error >&2
}

# Usage: log n-events. The generator of a later version may write other bytes: they are made anew.
log() {
  local path=$BENCH_DIR/logs/$1.ndjson
  [ "$path" -nt "$BENCH_DIR/generate" ] && return
  cargo run "${core[@]}" --example generate -- --events "$1" --seed 7 >"$path.part"
  mv "$path.part" "$path"
}

logs() {
  cargo build "${core[@]}" --example generate
  newest=$(find examples/generate Cargo.toml -type f -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2)
  touch -r "$newest" "$BENCH_DIR/generate"
  for n in "$@"; do log "$n"; done
}

neighborhoods() {
  log 1000000
  cargo run "${core[@]}" --example neighborhoods -- "$BENCH_DIR/logs/1000000.ndjson" >"$BENCH_DIR/neighborhoods.ndjson"
}

# Usage: layout name cargo-profile wasm-opt-level
layout() (
  eval "$(scripts/env.sh)"
  cargo build --quiet --locked --no-default-features --features worker --example layout_wasm \
    --target "$WASM_TARGET" --profile "$2"
  wasm-bindgen --target web --no-typescript --out-dir "$BENCH_DIR/layout/$1" --out-name layout \
    "${CARGO_TARGET_DIR:-target}/$WASM_TARGET/$2/examples/layout_wasm.wasm"
  wasm-opt "-O$3" "$WASM_CUT" "$BENCH_DIR/layout/$1/layout_bg.wasm" -o "$BENCH_DIR/layout/$1/layout_bg.wasm"
)

peers
IFS=', ' read -ra sizes <<<"${SIZES:-10000 100000 1000000}"
case $BENCH in
  layout) logs ;;
  *) logs "${sizes[@]}" ;;
esac
case $BENCH in
  "" | layout)
    neighborhoods
    layout page release s
    layout fast worker 3
    ;;
esac
node benches/browser/run.mjs
