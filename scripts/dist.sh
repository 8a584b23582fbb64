#!/usr/bin/env bash
# Builds the page into dist/ and holds its wasm to a size: what a visitor waits for on a slow line.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

LIMIT=$((350 * 1024)) # bytes of gzipped wasm

eval "$(scripts/env.sh)"
trunk build --release --locked --offline --skip-version-check

total=0
printf '%-44s %10s %10s\n' "in dist/" "bytes" "gzipped"
for file in dist/*.wasm dist/*.js dist/*.css dist/index.html; do
  [ -e "$file" ] || continue
  gzipped=$(gzip -9 --to-stdout "$file" | wc -c)
  printf '%-44s %10d %10d\n' "${file#dist/}" "$(wc -c <"$file")" "$gzipped"
  case $file in *.wasm) total=$((total + gzipped)) ;; esac
done
[ "$total" -gt 0 ] || { echo "dist: FAILED: no wasm was built" >&2; exit 1; }
printf 'gzipped wasm: %d of %d bytes\n' "$total" "$LIMIT"
[ "$total" -le "$LIMIT" ] || { echo "dist: FAILED: the gzipped wasm is over the limit" >&2; exit 1; }
