# Needs python3 (3.11 or newer, with venv and pip) and make; everything else goes into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable

.PHONY: help run install test check lint types contracts clean

help:
	@echo "make run      refresh from the live sources, then search; without a network, show the sample"
	@echo "make install  finder into .venv, ready as .venv/bin/finder"
	@echo "make test     all tests"
	@echo "make check    style, types, import contracts, tests"
	@echo "make clean    remove .venv and what the tools leave behind"

# A refresh that ends in 3 has saved what the other sources gave; 4 means that every source failed.
run: install
	@$(BIN)/finder refresh; code=$$?; \
	case $$code in \
	  0|3) exec $(BIN)/finder search ;; \
	  4) echo "No source could be reached, so here is the sample:"; exec $(BIN)/finder demo ;; \
	  *) exit $$code ;; \
	esac

install: $(VENV)/.installed

test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest

check: lint types contracts test

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(VENV)/.installed-dev
	@$(BIN)/mypy --strict

contracts: $(VENV)/.installed-dev
	@$(BIN)/lint-imports

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are younger than what they were made from, so nothing is installed twice.
$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "Installing finder into $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing the tools for tests and checks into $(VENV)"
	@$(PIP) '.[dev]'
	@touch $@
