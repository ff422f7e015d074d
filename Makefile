# Two commands on a fresh machine: "make run" and "make test". Both need Python 3.11 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demonstration

.PHONY: help run test lint bench format clean

help: ## List what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /'

# The stamps hold the time of the last install, so that a change of dependencies installs again.
$(VENV)/stamp: setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Plumbline needs Python 3.11 or newer. Set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/stamp-dev: $(VENV)/stamp
	$(BIN)/python -m pip install --quiet --editable '.[test,lint]'
	@touch $@

run: $(VENV)/stamp ## Make the demonstration reports and say where they are
	$(BIN)/plumbline demo $(DEMO)

test: $(VENV)/stamp-dev ## Run all tests
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/stamp-dev ## Check style, types and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/stamp-dev ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/stamp-dev ## Measure, and print ratios
	$(BIN)/python -m benchmarks

clean: ## Remove the environment and what was built
	rm -rf $(VENV) build dist ./*.egg-info
