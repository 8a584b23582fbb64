#!/usr/bin/env bash
# Builds a release twice, of two clones of this commit in two folders of other lengths, and compares all
# bytes; what differs is listed: scripts/reproduce.sh [folder that keeps what was built]. What is not committed takes no part. Each build begins from nothing but
# the tools and the crates that are there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh

commit=$(git rev-parse HEAD)
kept=${1:-}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Usage: build clone
build() {
  say "building ${commit:0:12} in $1"
  git clone --quiet --no-hardlinks . "$1"
  git -C "$1" checkout --quiet --detach "$commit"
  ln -s "$PWD/tests/e2e/node_modules" "$1/tests/e2e/node_modules"
  (
    cd "$1"
    unset CARGO_TARGET_DIR
    scripts/dist.sh >"$folder/told" || { cat "$folder/told" >&2; exit 1; }
    node scripts/release.mjs dist "$(locked_version lineage)" target/release-files >/dev/null
  )
  mkdir -p "$2"
  cp -r "$1/dist" "$1/target/release-files" "$2"
  rm -rf "$1/target"
}
build "$folder/a" "$folder/first"
build "$folder/in another folder/of-a-longer-name" "$folder/second"

if diff --recursive --brief "$folder/first" "$folder/second"; then
  cat "$folder/first/release-files/SHA256SUMS"
  echo "reproduce: two builds of ${commit:0:12} are the same, byte by byte"
else
  echo "reproduce: FAILED: what is listed above differs" >&2
  exit 1
fi

if [ -n "$kept" ]; then
  mkdir -p "$kept"
  cp -r "$folder/first/." "$kept"
fi

# Nor does anything tell of the machine, which both builds have shared.
for place in "$folder" "$HOME" "$PWD"; do
  if grep --recursive --binary-files=text --files-with-matches --fixed-strings "$place" "$folder/first/dist"; then
    echo "reproduce: FAILED: these name a folder of this machine" >&2
    exit 1
  fi
done
