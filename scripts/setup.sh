#!/usr/bin/env bash
# Installs what is missing and nothing else: scripts/setup.sh [part...]; all parts by default.
#   native   cargo with rustfmt and clippy, a C compiler for its linker, the crates
#   wasm     the wasm target, wasm-bindgen and trunk: what it takes to serve the page
#   node     Node.js, wasm-opt and the driver of the browser: what it takes besides to build dist
#   browser  a Chromium, and fonts for its screenshots
#   firefox  a Firefox for the journeys that are made there as well; where none can be had that is said, and they are skipped
#   docs     mdBook, which makes pages of docs/
#   fuzz     a C++ compiler for libFuzzer, and its crates; not among all parts, because only `make fuzz` needs it
# Each step says what it does or that the thing is there. What stays missing is a failure, never a skip, but for Firefox.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh

setup_native() {
  have cc || apt_install "a C compiler" gcc libc6-dev
  have cargo || apt_install "Rust" rustc-web cargo-web rustfmt-web rust-web-clippy
  component fmt rustfmt rustfmt-web
  component clippy clippy rust-web-clippy
  fetch_crates
  say "native: $(rustc --version)"
}

# Usage: component subcommand rustup-name package-name
component() {
  cargo "$1" --version >/dev/null 2>&1 && return
  say "$2: adding it"
  if have rustup; then
    rustup component add "$2" >&2 || die "rustup could not add $2"
  else
    apt_install "$2" "$3"
  fi
}

fetch_crates() {
  cargo fetch --locked --offline --quiet 2>/dev/null && return
  say "crates: fetching what Cargo.lock names"
  cargo fetch --locked --quiet || die "cargo could not fetch the crates of Cargo.lock"
}

setup_fuzz() {
  have c++ || apt_install "a C++ compiler" g++ libc6-dev
  cargo fetch --locked --quiet --manifest-path tests/fuzz/Cargo.toml || die "cargo could not fetch the crates of the fuzzer"
}

setup_wasm() {
  setup_wasm_target
  cargo_tool wasm-bindgen wasm-bindgen-cli "$(locked_version wasm-bindgen)"
  # It waits for other programs.
  unoptimized cargo_tool trunk trunk "$TRUNK_VERSION" --locked
}

setup_docs() {
  # It has a few pages to make, and neither serves, watches nor searches here.
  unoptimized cargo_tool mdbook mdbook "$MDBOOK_VERSION" --locked --no-default-features
}

# Usage: unoptimized cargo_tool …, for a tool that optimizing would take longer than it ever saves.
unoptimized() {
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0 "$@"
}

setup_wasm_target() {
  if scripts/env.sh >/dev/null 2>&1; then
    say "$WASM_TARGET: there"
  elif rustup_adds_target; then
    say "$WASM_TARGET: added by rustup"
  else
    build_wasm_target
  fi
  scripts/env.sh >/dev/null
}

rustup_adds_target() {
  have rustup || return 1
  say "$WASM_TARGET: asking rustup for it"
  RUST_BACKTRACE=0 RUSTUP_MAX_RETRIES=0 timeout 300 rustup target add "$WASM_TARGET" >&2 && compiles_wasm rustc
}

# Debian's compiler for web browsers comes with the sources of std: built once for wasm, they make it a
# cross compiler. std must hold bitcode, or `lto = true` cannot link it.
build_wasm_target() {
  say "$WASM_TARGET: rustup does not have it; taking the distribution's compiler and the sources of its std"
  apt_install "a compiler with the sources of std" rustc-web cargo-web rust-web-src
  [ -n "$(wasm_linker)" ] || apt_install "a linker for wasm" "$(newest_lld)"
  compiles_wasm /usr/bin/rustc || build_std
  if have rustup && ! rustup toolchain list | grep -q "^$LINKED_TOOLCHAIN\b"; then
    say "$WASM_TARGET: linking /usr as the toolchain $LINKED_TOOLCHAIN"
    rustup toolchain link "$LINKED_TOOLCHAIN" /usr >&2
  fi
}

newest_lld() {
  apt-cache search --names-only '^lld-[0-9]+$' | awk '{ print $1 }' | sort -V | tail -n 1
}

build_std() {
  local crate=.tools/std-for-wasm
  local libs
  libs=$(/usr/bin/rustc --print sysroot)/lib/rustlib/$WASM_TARGET/lib
  say "$WASM_TARGET: building std once, into $libs"
  rm -rf "$crate"
  mkdir -p "$crate/src"
  printf '[package]\nname = "nothing"\nedition = "2024"\n[workspace]\n' >"$crate/Cargo.toml"
  printf '#![no_std]\n' >"$crate/src/lib.rs"
  (
    cd "$crate"
    env -u RUSTUP_TOOLCHAIN PATH="/usr/bin:$PATH" RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
      CARGO_TARGET_DIR=target /usr/bin/cargo build --quiet --release --target "$WASM_TARGET" \
      -Zbuild-std=std,panic_abort
  ) || die "std for $WASM_TARGET did not build"
  as_root mkdir -p "$libs"
  find "$crate/target/$WASM_TARGET/release/deps" -name 'lib*.rlib' ! -name 'libnothing-*' -print0 |
    as_root xargs -0 cp -t "$libs"
  rm -rf "$crate"
}

# Usage: cargo_tool command crate version [cargo install options]
# Into cargo's own folder, or into .tools where that would replace another version of somebody's.
cargo_tool() {
  local command=$1 crate=$2 version=$3
  shift 3
  local found
  found=$("$command" --version 2>/dev/null | awk '{ sub(/^v/, "", $2); print $2 }') || true
  if [ "$found" = "$version" ]; then
    say "$command: $version is there"
    return
  fi
  say "$command: building $version; this takes minutes, once"
  local root=()
  [ -z "$found" ] || root=(--root .tools)
  cargo install "$crate" --version "$version" "$@" --quiet "${root[@]}" ||
    die "cargo could not install $crate $version"
}

setup_node() {
  if ! have node || ! have npm; then apt_install "Node.js" nodejs npm; fi
  # The first that reckons the checksums of a zip.
  [ "$(printf '%s\n' v20.15.0 "$(node --version)" | sort -V | head -n 1)" = v20.15.0 ] ||
    die "Node.js 20.15 or newer is needed; this is $(node --version)"
  if [ tests/e2e/node_modules/.package-lock.json -nt tests/e2e/package-lock.json ]; then
    say "node packages: there"
  else
    say "node packages: installing"
    npm ci --prefix tests/e2e --ignore-scripts --no-audit --no-fund --loglevel=error >&2 ||
      die "npm could not install the packages of tests/e2e"
  fi
  say "wasm-opt: $(wasm-opt --version)"
}

setup_browser() {
  find_browser >/dev/null || apt_install "a browser" chromium
  local browser
  browser=$(find_browser) || die "no Chromium was found on PATH; install one, or name it in CHROME"
  say "browser: $("$browser" --version 2>/dev/null) at $browser"
  font_for 2713 "✓ and other signs" fonts-dejavu-core
  font_for 4e2d "Chinese, Japanese and Korean" fonts-droid-fallback
  font_for 1f600 "emoji" fonts-noto-color-emoji
}

# The one part that may stay missing: Chromium holds the page to everything, Firefox to the main journeys once more.
setup_firefox() {
  if ! find_firefox >/dev/null && have apt-get; then
    (apt_install "a Firefox" firefox-esr) || (apt_install "a Firefox" firefox) || true
  fi
  local browser
  if browser=$(find_firefox); then
    say "firefox: $("$browser" --version 2>/dev/null) at $browser"
  else
    say "firefox: there is none on PATH or in FIREFOX; the journeys in Firefox will be skipped"
  fi
}

find_firefox() { node tests/e2e/firefox.mjs; }

# The browser tests look for it with the same file.
find_browser() { node tests/e2e/find-browser.mjs; }

# Usage: font_for code-point what package. Signs without a font are boxes in a screenshot, not an error.
font_for() {
  have fc-list || return 0
  if [ -n "$(fc-list ":charset=$1" family | head -n 1)" ]; then
    say "font for $2: there"
  elif have apt-get; then
    apt_install "a font for $2" "$3"
  else
    say "font for $2: missing; screenshots will show boxes"
  fi
}

[ $# -gt 0 ] || set -- native wasm node browser firefox docs
for part in "$@"; do
  case $part in
    native | wasm | node | browser | firefox | docs | fuzz) "setup_$part" ;;
    *) die "no part named $part: native, wasm, node, browser, firefox, docs, fuzz" ;;
  esac
done
