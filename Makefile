# Two commands matter: `make demo` and `make test`. Each sets up what it needs in .venv, once.

VENV := .venv
BIN := $(VENV)/bin
FIT := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c '$(FIT)' 2>/dev/null && { command -v $$p; break; }; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
# Everything a lock names, nothing else, and each file as it was when it was locked.
INSTALL := $(PIP) install --require-hashes --no-deps --no-compile
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --custom-compile-command "make lock" pyproject.toml --group build
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal
RUN := $(VENV)/.run
DEV := $(VENV)/.dev

# Nothing is compiled while installing (half the time, and most modules are never used): Python does it at first use.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo demo-plain demo-smoke test check check-full bench lock format clean browser

help:
	@echo "make demo         book a spot in the browser, with the real bots and no account anywhere"
	@echo "make demo-plain   the same in this terminal"
	@echo "make test         all tests but the large sizes"
	@echo "make check        formatting, lint, types, import contracts, tests: what CI runs"
	@echo "make check-full   the tests in their large sizes too (hours)"
	@echo "make bench        how fast it is, each figure beside a baseline"
	@echo "make format       put the code in shape"
	@echo "make lock         renew the lock files from pyproject.toml"
	@echo "make clean        remove what was built, .venv too"

demo: $(RUN)
	@$(BIN)/minis demo

demo-plain: $(RUN)
	@$(BIN)/minis demo --plain

demo-smoke: $(RUN)
	@$(BIN)/minis demo --smoke

# A test that hangs shows where and ends its process; none of the small ones takes minutes.
test: $(DEV) browser
	$(PYTEST) -o faulthandler_timeout=240 -o faulthandler_exit_on_timeout=true

check: $(DEV)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

check-full: $(DEV) browser
	$(PYTEST) -m "full or not full"

bench: $(DEV)
	$(BIN)/python -m tests.bench

format: $(DEV)
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# What is locked stays unless pyproject.toml says otherwise; LOCK_FLAGS=--upgrade renews what comes along, too.
lock: $(DEV)
	$(LOCK) $(LOCK_FLAGS) --output-file requirements.lock
	$(LOCK) $(LOCK_FLAGS) --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The browser tests want Chromium; without it they skip, and fail in CI.
browser:
	@sh .ci/chromium

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Minis needs Python 3.11 or newer with venv (on Debian: apt-get install python3-venv)."; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv --clear $(VENV)

$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Minis runs on"
	@$(INSTALL) -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@echo "Installing what its tests need"
	@$(INSTALL) -r requirements-dev.lock
	@touch $@
