#!/usr/bin/env bash
# Builds the page into dist/ and holds its wasm to sizes: what a visitor waits for on a slow line before
# the first paint, what comes after it, and what the worker fetches once there is a log to read.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh

# Bytes of gzipped wasm.
FIRST_LIMIT=215000
REST_LIMIT=590000
WORKER_LIMIT=250000
# Fetched for a log that zstd has compressed, and for no other.
UNZSTD_LIMIT=40000
# Where the functions live that the rest of the page is behind, as mangled names spell it.
GATES=4view4rest,3web4rest

# A program of this machine, so before the environment is that of wasm.
cargo build --quiet --locked --offline --no-default-features --example split_wasm
cutter=${CARGO_TARGET_DIR:-target}/debug/examples/split_wasm

eval "$(scripts/env.sh alike)"
export LINEAGE_CUT=1
trunk build --release --locked --offline --skip-version-check

# Cuts the page's wasm in two, and makes what Trunk has built into what is handed out.
pack() {
  local target=${CARGO_TARGET_DIR:-target} whole rest
  whole=$(echo dist/lineage-*_bg.wasm)
  rest=${whole%_bg.wasm}_rest.wasm
  "$cutter" "$target/wasm32-unknown-unknown/release/lineage.wasm" "$whole" "$GATES" \
    "$target/first.wasm" "$target/rest.wasm" "$target/whole.wasm"
  wasm-opt -Os "$WASM_CUT" "$target/first.wasm" -o "$whole"
  wasm-opt -Os "$WASM_CUT" "$target/rest.wasm" -o "$rest"
  wasm-opt -Os "$WASM_CUT" "$target/whole.wasm" -o "$target/whole.opt.wasm"
  node scripts/licenses.mjs >dist/licenses.txt
  node scripts/pack.mjs dist "$target/whole.opt.wasm" "$(scripts/version.sh)"
}
pack

first=0
rest=0
worker=0
unzstd=0
printf '%-44s %10s %10s\n' "in dist/" "bytes" "gzipped"
for file in dist/*.wasm dist/*.js dist/*.css dist/*.html; do
  [ -e "$file" ] || continue
  gzipped=$(gzip -9 --to-stdout "$file" | wc -c)
  printf '%-44s %10d %10d\n' "${file#dist/}" "$(wc -c <"$file")" "$gzipped"
  case $file in
    dist/worker-*.wasm) worker=$gzipped ;;
    dist/unzstd-*.wasm) unzstd=$gzipped ;;
    *_rest.wasm) rest=$gzipped ;;
    *.wasm) first=$((first + gzipped)) ;;
  esac
done

# What a visitor waits for before the first paint, as hosts send it, and the whole page as one file.
LOAD_LIMIT=400000
ONE_LIMIT=1650000
load=0
for file in dist/index.html dist/boot-*.js dist/supported-*.js dist/style-*.css dist/lineage-*.js dist/lineage-*_bg.wasm dist/favicon.svg; do
  load=$((load + $(gzip -9 --to-stdout "$file" | wc -c)))
done

# Usage: hold what bytes limit
hold() {
  [ "$2" -gt 0 ] || { echo "dist: FAILED: $1 was not built" >&2; exit 1; }
  printf '%-44s %10d %10d\n' "$1" "$2" "$3"
  [ "$2" -le "$3" ] || { echo "dist: FAILED: $1 is over its limit" >&2; exit 1; }
}
printf '\n%-44s %10s %10s\n' "held to limits" "bytes" "limit"
hold "wasm of the first paint, gzipped" "$first" "$FIRST_LIMIT"
hold "wasm of the rest of the page, gzipped" "$rest" "$REST_LIMIT"
hold "wasm of the worker, gzipped" "$worker" "$WORKER_LIMIT"
hold "wasm of the decompressor of zstd, gzipped" "$unzstd" "$UNZSTD_LIMIT"
hold "the folder up to the first paint, gzipped" "$load" "$LOAD_LIMIT"
hold "the one file" "$(wc -c <dist/lineage.html)" "$ONE_LIMIT"
