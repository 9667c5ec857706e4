# Everything a developer runs. `make` alone prints the list.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PROTO_VENV := .cache/proto-venv
# Three times two cores: many a test waits for other processes. Who is done takes over from who has the slow ones.
WORKERS ?= 6

.PHONY: help
help: ## Print the targets.
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# One environment for all; made anew when a dependency list changes.
$(VENV)/.ready: pyproject.toml clients/python/pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9"
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --editable clients/python --editable '.[test]'
	@touch $@

.PHONY: setup
setup: $(VENV)/.ready ## Make .venv with the server, the client and all tools.

.PHONY: run
run: $(VENV)/.ready ## Serve on localhost:50051 with an embedded Postgres and a DBOS worker.
	@exec $(BIN)/python -m workflow_control dev

.PHONY: demo
demo: $(VENV)/.ready ## Tell the main story in the terminal, and assert it.
	@$(BIN)/python -m workflow_control.dev.demo

.PHONY: test
test: $(VENV)/.ready ## Run the tests against DBOS 2.11.0 and the newest release.
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not clients and not compat" --ignore tests/runtimes

.PHONY: test-compat
test-compat: $(VENV)/.ready ## Run the differential tests against every supported DBOS release, and write docs/compatibility.md.
	$(BIN)/python -m pytest -n $(WORKERS) tests/differential --all-releases

.PHONY: test-clients
test-clients: $(VENV)/.ready ## Test the clients of all languages that are installed, and print what each can do.
	$(BIN)/python -m pytest tests/clients

.PHONY: test-runtimes
test-runtimes: $(VENV)/.ready ## Run DBOS's workers in four languages under the server, and write docs/runtimes.md.
	$(BIN)/python -m pytest -n $(WORKERS) --timeout 600 tests/runtimes

.PHONY: fmt
fmt: $(VENV)/.ready ## Format the code.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --quiet .

.PHONY: lint
lint: $(VENV)/.ready ## Lint the Python code and the protos.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/buf lint proto

.PHONY: types
types: $(VENV)/.ready ## Check types, strictly.
	$(BIN)/mypy

.PHONY: layers
layers: $(VENV)/.ready ## Check who imports whom.
	$(BIN)/lint-imports

$(PROTO_VENV)/.ready: proto/requirements.txt
	$(PYTHON) -m venv $(PROTO_VENV)
	$(PROTO_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r proto/requirements.txt
	@touch $@

# LANGUAGES=python, say, is for those alone; without it all whose tools are installed.
.PHONY: proto
proto: $(PROTO_VENV)/.ready ## Generate the clients' code from proto/; LANGUAGES=python for one alone.
	$(PROTO_VENV)/bin/python proto/generate.py $(LANGUAGES)

.PHONY: verify-proto
verify-proto: $(PROTO_VENV)/.ready ## Check that the committed code is what proto/ generates.
	$(PROTO_VENV)/bin/python proto/generate.py --check $(LANGUAGES)

.PHONY: check
check: lint types layers verify-proto test test-clients ## Everything CI checks.

.PHONY: bench
bench: $(VENV)/.ready ## Measure calls beside their peers, watches and bulk; writes build/bench.json and build/bench.svg.
	$(BIN)/python -m benchmarks

.PHONY: bench-watches
bench-watches: $(VENV)/.ready ## Measure thousands of calls that wait or watch, alone; writes build/bench-watches.json and .svg.
	$(BIN)/python -m benchmarks watches

.PHONY: bench-bulk
bench-bulk: $(VENV)/.ready ## Measure a bulk operation beside single calls, alone; writes build/bench-bulk.json and .svg.
	$(BIN)/python -m benchmarks bulk

.PHONY: bench-lists
bench-lists: $(VENV)/.ready ## Measure pages of lists, deep ones and of large tables; writes build/list_pages.json.
	$(BIN)/python -m benchmarks.list_pages

.PHONY: clean
clean: ## Remove everything made here, the embedded database included.
	rm -rf $(VENV) .cache build .workflow-control clients/*/build clients/*/dist clients/*/node_modules clients/*/target
