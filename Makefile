# Every way to build, run and test the page. `make` alone says what there is.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

PORT ?= 8080
core := --locked --no-default-features

.PHONY: help
help: ## say what there is to make
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22

.PHONY: setup
setup: ## install what is missing: the wasm target, wasm-bindgen, trunk, wasm-opt, a browser, mdBook
	@scripts/setup.sh

.PHONY: serve
serve: ## build, serve on 127.0.0.1 (PORT=8080) with the sample log, and rebuild on changes
	@scripts/setup.sh native wasm
	@scripts/serve.sh $(PORT)

.PHONY: test
test: lint test-native test-web ## everything below that can fail: lint, test-native, test-web
	@echo "make test: lint, native tests, dist and browser tests passed"

.PHONY: lint
lint: ## formatting and clippy, with warnings as errors, with and without the browser's part
	@scripts/setup.sh native
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cargo clippy $(core) --workspace --all-targets -- -D warnings

.PHONY: test-native
test-native: ## the tests of the pure core, on this machine
	@scripts/setup.sh native
	cargo test $(core) --workspace

.PHONY: fuzz
fuzz: ## any bytes into the core, guided by coverage (TIME=60 seconds a target; TARGET=history for one)
	@scripts/setup.sh native fuzz
	@TIME=$(or $(TIME),60) scripts/fuzz.sh $(TARGET)

.PHONY: test-web
test-web: dist docs ## journeys through the built page and its documentation in a real browser (ONLY=name.test.mjs for one file)
	@scripts/setup.sh node browser firefox
	node --test --test-reporter=spec $(if $(ONLY),tests/e2e/$(ONLY),tests/e2e/*.test.mjs benches/browser/*.test.mjs)

.PHONY: bench
bench: dist ## the page against its peers, into BENCHMARKS.md (BENCH=ingest, layout or answer for one; SIZES=, NODES=)
	@scripts/setup.sh native wasm node browser
	@scripts/bench.sh $(BENCH)

.PHONY: bench-native
bench-native: ## the stages of the core on this machine, one by one
	@scripts/setup.sh native
	cargo bench $(core) --bench ingest --bench layout

.PHONY: dist
dist: ## the page for any static host, in dist/, with its size held to the limit
	@scripts/setup.sh native wasm node
	@scripts/dist.sh

.PHONY: release
release: dist ## what is handed out, in target/release-files/: a zip of the page, the one file, checksums
	@node scripts/release.mjs dist "$$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)" target/release-files

.PHONY: docs
docs: ## the documentation as static pages, in target/docs/
	@scripts/setup.sh native node docs
	@source scripts/lib.sh && node scripts/docs.mjs

.PHONY: reproduce
reproduce: ## build this commit twice, in two folders, and compare all bytes (KEEP=folder for what was built)
	@scripts/setup.sh native wasm node
	@scripts/reproduce.sh $(KEEP)

.PHONY: fmt
fmt: ## format the code
	cargo fmt --all

.PHONY: sample
sample: ## write public/sample.ndjson anew
	mkdir -p target
	cargo run --quiet $(core) --example generate -- --events 5000 --seed 331 >target/sample.ndjson
	mv target/sample.ndjson public/sample.ndjson

.PHONY: goldens
goldens: dist ## take the pictures of tests/e2e/goldens anew, which every page must look like; look at what changed
	@scripts/setup.sh node browser
	@GOLDENS=write node --test --test-reporter=dot tests/e2e/goldens.test.mjs
	@git status --short tests/e2e/goldens 2>/dev/null || true

.PHONY: screenshots
screenshots: dist ## take the pictures of docs/src/screenshots anew, of the built page with the sample log
	@scripts/setup.sh node browser
	node scripts/screenshots.mjs

.PHONY: clean
clean: ## remove what was built; the tools stay
	cargo clean --quiet
	rm -rf dist
