#!/usr/bin/env bash
# Prints what is built: its version, the commit and the day of that, as the page tells it. Of sources without
# a history LINEAGE_COMMIT and LINEAGE_DAY say the last two, or nothing does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
commit=${LINEAGE_COMMIT:-}
day=${LINEAGE_DAY:-}
if [ -z "$commit" ] && [ "$(git rev-parse --show-cdup 2>/dev/null)" = "" ] && commit=$(git rev-parse --short=12 HEAD 2>/dev/null); then
  day=$(TZ=UTC git show -s --format=%cd --date=format-local:%Y-%m-%d HEAD)
  [ -z "$(git status --porcelain --untracked-files=no)" ] || commit="$commit, changed"
fi
printf '%s' "$version${commit:+ · commit $commit}${day:+ · $day}"
