# Everything one does with this repository. Each target sets up what it needs; `make` alone lists them.

PYTHON ?= python3
SHELL := /bin/bash
MAKEFLAGS += --no-builtin-rules
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# An inherited path or an active virtual environment must not decide which sojourn is meant.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV CONDA_PREFIX

BIN := .venv/bin
UV = $(@D)/bin/python scripts/uv
TRANSLATIONS := $(wildcard locale/*/LC_MESSAGES/*.po)
EXTRAS := --extra batch --extra papers --extra site --extra postgres
# A lock is made from the main index alone: an extra one may hold one file of a release, and the lock would then
# refuse that release on every other platform. Installing may use them all, for each file must match its hash.
COMPILE := UV_INDEX= UV_FIND_LINKS= $(BIN)/python scripts/uv pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help setup run test bench golden format lock clean screens

help: ## List the targets
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: .venv/translated ## Make .venv: the locked packages, sojourn itself, the translations
	@:

run: setup ## Serve the site on this computer (PORT=8000; settings in docs/site.md)
	@exec $(BIN)/sojourn serve

test: setup ## Format, lint, types, imports, law, tests; runs all of them and names those that failed
	@scripts/check

bench: .venv-bench/installed ## Measure speed and memory, beside OpenFisca
	@.venv-bench/bin/python -m bench

screens: setup ## Picture the main pages of the site into screens/, to be looked at
	@$(BIN)/python scripts/screens

golden: setup ## Rewrite the expected explanations in law/; review their diff as an applicant would read it
	@$(BIN)/python -m tests.golden

format: setup ## Put the code in the common form, and mend what ruff can mend
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format

lock: setup ## Pin the newest versions that pyproject.toml allows, with their hashes
	$(COMPILE) --upgrade --group pyproject.toml:uv -o requirements/uv.txt
	$(COMPILE) --upgrade $(EXTRAS) pyproject.toml -o requirements/run.txt
	$(COMPILE) --upgrade $(EXTRAS) --group dev -c requirements/run.txt \
		pyproject.toml -o requirements/dev.txt
	$(COMPILE) --upgrade $(EXTRAS) --group bench -c requirements/run.txt \
		pyproject.toml -o requirements/bench.txt
	@! grep -nE '://|file:|^-|@ ' requirements/*.txt || { echo "a lock names an address of this machine" >&2; exit 1; }

clean: ## Remove what the other targets made
	rm -rf .venv .venv-bench build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -f locale/*/LC_MESSAGES/*.mo
	find __pycache__ src tests bench -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# Each file below is the stamp of one step; it is newer than what the step read.

.venv/made .venv-bench/made: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Sojourn needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo "python3-venv is missing; on Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@echo "making $(@D)"
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python -m pip install -qq --require-hashes --no-deps --only-binary :all: -r requirements/uv.txt
	@touch $@

.venv/synced: .venv/made requirements/dev.txt
	@$(UV) pip sync --quiet --compile-bytecode --require-hashes requirements/dev.txt
	@touch $@

.venv-bench/synced: .venv-bench/made requirements/bench.txt
	@$(UV) pip sync --quiet --compile-bytecode --require-hashes requirements/bench.txt
	@touch $@

.venv/installed .venv-bench/installed: %/installed: %/synced pyproject.toml hatch_build.py src/sojourn/__init__.py
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@$(@D)/bin/python -m compileall -q src
	@touch $@

.venv/translated: .venv/installed $(TRANSLATIONS)
	@$(BIN)/python hatch_build.py
	@touch $@
