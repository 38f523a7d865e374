# `make run` opens a living clinic in a browser; `make test` runs everything CI runs.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
WORDS := locale/es/LC_MESSAGES/django.mo
.DEFAULT_GOAL := help
.PHONY: help run stop test drills bench screenshots lint fix lock adr clean

help: ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/.run node_modules/.done $(WORDS) ## install, start PostgreSQL, migrate, load the demo clinic, web and worker on http://localhost:8000
	@$(BIN)/daybridge run --port $(PORT)

stop: .venv/.run ## stop what `make run` left running
	@$(BIN)/daybridge stop

test: .venv/.test node_modules/.done .venv/.chromium $(WORDS) ## install with test tools, check the code, run every test
	@start=$$(date +%s); $(MAKE) --no-print-directory lint && $(BIN)/python -m tests.both -q --durations=5 && \
	  code=0 || code=$$?; echo "make test took $$(( $$(date +%s) - start )) s" >&2; exit $$code

lint: .venv/.test ## check layers, types, style and templates
	@echo "· ruff";         $(BIN)/ruff check -q src tests drills conftest.py
	@echo "· import-linter"; $(BIN)/lint-imports --no-cache > build/imports.txt 2>&1 || { cat build/imports.txt; exit 1; }
	@echo "· mypy";         $(BIN)/mypy -p daybridge --no-error-summary
	@echo "· djLint";       $(BIN)/djlint --lint --quiet src
	@echo "· bandit";       $(BIN)/bandit -q -r src -lll -c pyproject.toml

fix: .venv/.test ## format and mend what tools can mend
	$(BIN)/ruff check -q --fix src tests conftest.py; $(BIN)/ruff format -q src tests conftest.py

drills: .venv/.test node_modules/.done ## the long ones: crash, contention, tamper
	@$(BIN)/python -m pytest -q drills

bench: .venv/.test node_modules/.done ## load 5,000, 1,000 and 20,000 clients; time pages beside a floor
	@$(BIN)/daybridge bench

screenshots: .venv/.test node_modules/.done .venv/.chromium $(WORDS) ## take the README's pictures
	@$(BIN)/python -m tests.screenshots

lock: .venv/.run ## pin dependencies with hashes; no registry address is written
	$(BIN)/uv pip compile -q pyproject.toml --extra test --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-test.lock
	$(BIN)/uv pip compile -q pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -c requirements-test.lock -o requirements.lock

adr: ## begin a decision: make adr title="One chance a day"
	@$(PYTHON) docs/adr/new.py "$(title)"

clean: ## remove what can be made again (never the clinic's data in var/)
	rm -rf .venv node_modules build

# --- installing -----------------------------------------------------------------------
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=..."; exit 1; }
	@echo "Making a Python environment (.venv) ..."
	@$(PYTHON) -m venv .venv || { echo "On Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv || echo "uv is not to be had; pip does it, slower."

.venv/.run: requirements.lock .venv/bin/python
	@test -e .venv/.test || { echo "Installing Daybridge ..."; bash scripts/install requirements.lock; }
	@touch $@

.venv/.test: requirements-test.lock .venv/bin/python
	@echo "Installing Daybridge with its test tools ..."; bash scripts/install requirements-test.lock
	@mkdir -p build; touch $@

node_modules/.done: package-lock.json | .venv/bin/python
	@echo "Fetching the UI kit ..."; bash scripts/install-ui && touch $@

%.mo: %.po | .venv/bin/python
	@$(BIN)/pybabel -q compile -f -i $< -o $@

.venv/.chromium: | .venv/bin/python
	@bash scripts/install-chromium; touch $@
