#!/usr/bin/env bash
# Serves the page on this machine alone, builds again when a source changes, and opens a browser on the
# sample log where there is a display: scripts/serve.sh [port].
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

port=${1:-8080}
address="http://127.0.0.1:$port/?log=sample.ndjson"

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

if answers; then
  echo "serve: FAILED: port $port is taken; choose another: make serve PORT=$((port + 1))" >&2
  exit 1
fi

# Says the address once the first build is served. Ends by itself when the server does.
announce() {
  until answers; do
    kill -0 "$1" 2>/dev/null || return
    sleep 0.3
  done
  printf '\n  %s\n\n' "$address"
  local opener
  for opener in xdg-open open; do
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
      command -v "$opener" >/dev/null && { "$opener" "$address" >/dev/null 2>&1 || true; return; }
    fi
  done
}

# As `make dist` has it, so that neither builds the crates anew after the other.
eval "$(scripts/env.sh alike)"
announce $$ &
# The release profile without --release: as fast a page, without waiting for wasm-opt after each change.
exec trunk serve --cargo-profile release --locked --offline --skip-version-check \
  --address 127.0.0.1 --port "$port" --dist target/serve
