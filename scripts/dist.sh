#!/usr/bin/env bash
# Builds the page into dist/ and holds its wasm to sizes: what a visitor waits for on a slow line, and
# what the worker fetches once there is a log to read.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Bytes of gzipped wasm.
PAGE_LIMIT=$((450 * 1024))
WORKER_LIMIT=$((250 * 1024))

eval "$(scripts/env.sh)"
trunk build --release --locked --offline --skip-version-check

page=0
worker=0
printf '%-44s %10s %10s\n' "in dist/" "bytes" "gzipped"
for file in dist/*.wasm dist/*.js dist/*.css dist/index.html; do
  [ -e "$file" ] || continue
  gzipped=$(gzip -9 --to-stdout "$file" | wc -c)
  printf '%-44s %10d %10d\n' "${file#dist/}" "$(wc -c <"$file")" "$gzipped"
  case $file in
    dist/worker_bg.wasm) worker=$gzipped ;;
    *.wasm) page=$((page + gzipped)) ;;
  esac
done

# Usage: hold what bytes limit
hold() {
  [ "$2" -gt 0 ] || { echo "dist: FAILED: no wasm of the $1 was built" >&2; exit 1; }
  printf 'gzipped wasm of the %s: %d of %d bytes\n' "$1" "$2" "$3"
  [ "$2" -le "$3" ] || { echo "dist: FAILED: the gzipped wasm of the $1 is over the limit" >&2; exit 1; }
}
hold page "$page" "$PAGE_LIMIT"
hold worker "$worker" "$WORKER_LIMIT"
