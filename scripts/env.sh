#!/usr/bin/env bash
# Prints what a wasm build needs in its environment: eval "$(scripts/env.sh)"; with `alike` also what makes
# the same bytes of the same sources wherever they, the crates and the compiler lie.
# Only the tools' folders where the compiler on PATH has the wasm target; native builds never need it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh

printf 'export PATH=%q\n' "$PATH"

# The distribution's compiler neither brings a linker for wasm nor shares fingerprints with rustup's.
use_linker() {
  printf 'export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=%q\n' "$(wasm_linker)"
}

if compiles_wasm rustc; then
  compgen -G "$(rustc --print sysroot)/lib/rustlib/*/bin/rust-lld" >/dev/null || use_linker
elif have rustup && compiles_wasm RUSTUP_TOOLCHAIN="$LINKED_TOOLCHAIN" rustc; then
  printf 'export RUSTUP_TOOLCHAIN=%q\n' "$LINKED_TOOLCHAIN"
  printf 'export CARGO_TARGET_DIR=%q\n' "${CARGO_TARGET_DIR:-$PWD/target}/$LINKED_TOOLCHAIN"
  use_linker
else
  die "no compiler here has the $WASM_TARGET target; run make setup"
fi

# Places in the sources are in the wasm, for what it says when it fails: told without the folders of this machine.
if [ "${1:-}" = alike ]; then
  flags=${CARGO_ENCODED_RUSTFLAGS:-$(printf '%s' "${RUSTFLAGS:-}" | tr -s ' ' '\037')}
  # Flags from here take the place of the project's own, which are told again.
  own=$(sed -n 's/^rustflags = \[\(.*\)\]$/\1/p' .cargo/config.toml | tr -d '"' | sed 's/, */\o037/g')
  flags+=${flags:+$'\037'}$own
  for crates in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
    flags+=$'\037'--remap-path-prefix=$crates=crates
  done
  flags+=$'\037'--remap-path-prefix=$PWD=lineage
  printf 'export CARGO_ENCODED_RUSTFLAGS=%q\n' "${flags#$'\037'}"
fi
