# shellcheck shell=bash disable=SC2034
# Shared by the scripts beside it: what is pinned, what is there, and how a missing thing is installed.
# Sourced from the root of the project; it changes nothing by itself.

TRUNK_VERSION=0.21.14
MDBOOK_VERSION=0.5.4
# A toolchain of the distribution's own compiler, for when rustup cannot fetch the wasm target.
LINKED_TOOLCHAIN=debian-web
WASM_TARGET=wasm32-unknown-unknown
# For wasm-opt: an engine compiles a function as a whole, when it is first called and again once it is called much. So
# what is called at one place alone is not made a part of that if it is longer.
WASM_CUT=--one-caller-inline-max-function-size=4000

case $PATH in
  "$PWD/.tools/bin:"*) ;;
  *) export PATH="$PWD/.tools/bin:$PWD/tests/e2e/node_modules/.bin:$PATH:$HOME/.cargo/bin" ;;
esac

say() { printf 'setup: %s\n' "$*" >&2; }
die() { printf 'setup: FAILED: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Usage: apt_install "what it is for" package...
apt_install() {
  local purpose=$1
  shift
  have apt-get || die "$purpose is missing, and this is no apt system: install the equivalent of $*"
  [ "$(id -u)" = 0 ] || have sudo || die "$purpose is missing: as root, apt-get install $*"
  say "$purpose: installing $*"
  if [ -z "${APT_UPDATED:-}" ]; then
    as_root apt-get update -qq >&2 || say "the package lists could not be renewed; going on with the old ones"
    APT_UPDATED=1
  fi
  # Told in full only when it fails.
  local told
  told=$(as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq -y --no-install-recommends "$@" 2>&1) || {
    printf '%s\n' "$told" >&2
    die "apt-get could not install $*"
  }
}

# The version of a crate in Cargo.lock.
locked_version() {
  awk -v name="\"$1\"" '$1 == "name" { found = $3 == name } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

# Whether a compiler (its path, and the environment before it) has a standard library for wasm.
compiles_wasm() {
  local libs
  libs=$(env "$@" --print target-libdir --target "$WASM_TARGET" 2>/dev/null) || return 1
  compgen -G "$libs/libstd-*.rlib" >/dev/null
}

# The newest wasm linker on PATH; its name carries the version of LLVM on Debian.
wasm_linker() {
  compgen -c wasm-ld | grep -E '^wasm-ld(-[0-9]+)?$' | sort -V | tail -n 1
}
