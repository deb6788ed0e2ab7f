# Everything a person types here. `make` alone prints what there is.
SHELL := /bin/sh
BIN := .venv/bin
WORKERS ?= 2
# Tests of one file stay together as long as there is enough for everybody: what a file sets up is set up once.
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
WITH_SERVERS := $(BIN)/python tools/with_servers.py
# What knows of no database is tried once, with SQLite.
PURE := blind disclosure images mail_reading outbound sealing text
ONCE := house deploy features/arrivals/formats $(addprefix plumbing/,$(PURE))

# What was compiled once is kept, whatever the shell says: every start is twice as fast.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup setup-run setup-dev run test test-fast test-long lint format unit unit-postgres journeys requirements clean

help: ## print what there is
	@echo "Heard: a staff network, self-hosted. What there is:"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup: setup-dev ## make .venv and fill it with everything to run, test and change Heard

setup-run:
	@case "$${DATABASE_URL:-}$${DATABASE_URL_FILE:-}$${REDIS_URL:-}$${REDIS_URL_FILE:-}" in \
	  "" | sqlite:*) tools/setup run ;; *) tools/setup scale ;; esac

setup-dev:
	@tools/setup dev

run: setup-run ## start Heard at http://localhost:8000 (PORT=9000 changes it), with the demo company the first time
	@exec $(BIN)/heard serve --demo

test: setup-dev lint unit unit-postgres journeys ## everything that has to pass (half an hour at most)

test-fast: setup-dev ## the tests of one minute: SQLite, no browser, no properties, no long walks
	$(PYTEST) -q -m "not long and not whole" --ignore=tests/journeys --ignore=tests/house --ignore=tests/deploy --ignore=tests/cli

test-long: setup-dev ## the scenarios of thousands of repetitions at full size, on SQLite and on PostgreSQL
	HEARD_LONG=1 $(PYTEST) -m long
	HEARD_LONG=1 $(WITH_SERVERS) $(PYTEST) -m long $(addprefix --ignore=tests/,$(ONCE))

lint: setup-dev ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup-dev ## put every file into the house's shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

unit: setup-dev
	@echo "== SQLite"
	$(PYTEST) --ignore=tests/journeys

unit-postgres: setup-dev
	@echo "== PostgreSQL and Redis"
	$(WITH_SERVERS) $(PYTEST) --ignore=tests/journeys $(addprefix --ignore=tests/,$(ONCE))

journeys: setup-dev ## people's ways through Heard, in a real browser
	@tools/browser
	$(PYTEST) tests/journeys

PIN := $(BIN)/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-annotate \
	--custom-compile-command "make requirements" $(UPGRADE)
requirements: setup-dev ## pin what pyproject.toml asks for (UPGRADE=--upgrade takes newer releases)
	$(PIN) pyproject.toml -o requirements/run.txt
	$(PIN) pyproject.toml --extra scale -c requirements/run.txt -o requirements/scale.txt
	$(PIN) pyproject.toml --extra scale --group dev -c requirements/scale.txt -o requirements/dev.txt

clean: ## remove .venv and what tests leave behind; var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
