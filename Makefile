# Every target makes its own environment first: nothing needs to be installed by hand but Python.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made-from-lock
PYTHON ?= $(shell for v in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$v -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $$v && break; done)
XVFB := $(shell command -v xvfb-run)
# Python keeps the bytecode of a module, whatever the shell is set to: many tests start the program anew.
unexport PYTHONDONTWRITEBYTECODE
# Some processes, each with a screen of its own; a file's tests stay together, because they share what is dear.
SIDE_BY_SIDE := -n auto --dist loadfile

PLATFORM := $(if $(XVFB),xcb,offscreen)
SKIPS := $(if $(XVFB),,-rs)
NO_SCREEN := $(if $(XVFB),true,echo "There is no Xvfb: tests that need OpenGL will skip (sudo apt-get install xvfb).")

.DEFAULT_GOAL := help
.PHONY: help setup run test test-thorough test-again test-optional test-install check format bench docs film league golden agreements lock clean

help:  ## show what can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMP)  ## make the environment in .venv, and compile the loops
	@$(BIN)/python main.py --compile

$(STAMP): requirements.lock
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 to 3.14 is needed, with its venv module: sudo apt-get install python3 python3-venv"; exit 1; fi
	@echo "Making .venv (once; about a minute) ..."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no venv module: sudo apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python main.py --compile || true
	@touch $(STAMP)

run: $(STAMP)  ## start Descent Derby
	@$(BIN)/python main.py

test: $(STAMP)  ## run the tests, but for the thorough ones
	@$(NO_SCREEN)
	@QT_QPA_PLATFORM=$(PLATFORM) $(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not thorough" $(SKIPS)

test-thorough: $(STAMP)  ## run the tests of hundreds of repetitions and of other processes
	@$(NO_SCREEN)
	@QT_QPA_PLATFORM=$(PLATFORM) $(BIN)/python -m pytest $(SIDE_BY_SIDE) -m thorough $(SKIPS)

test-again: $(STAMP)  ## run again what failed last, one test after the other
	@QT_QPA_PLATFORM=$(PLATFORM) $(BIN)/python -m pytest --last-failed --last-failed-no-failures none

test-optional: $(STAMP)  ## run the tests of Dask, pandas and xarray, in an environment of their own
	@$(PYTHON) -m venv build/optional
	@build/optional/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@build/optional/bin/python -m pip install --quiet --disable-pip-version-check "distributed>=2025.1" "pandas>=2.2" "xarray>=2025.1"
	@build/optional/bin/python -m pytest -rs -p no:xvfb tests/engine/tuning/test_dask.py tests/engine/test_tables.py

test-install: $(STAMP)  ## build the wheel, install it by pip, pipx and uv, and run what was installed (10 minutes)
ifneq ($(XVFB),)
	@QT_QPA_PLATFORM=xcb $(XVFB) -a -s "-screen 0 1600x1000x24" $(BIN)/python -m pytest -rs tests/packaging/install.py
else
	@$(BIN)/python -m pytest -rs tests/packaging/install.py
endif

check: $(STAMP)  ## look at format, style, types and the directions of imports
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(STAMP)  ## put the code into its format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(STAMP)  ## measure what the README claims
	@PYTHONPATH=. $(BIN)/python tests/benchmarks/run.py
ifneq ($(XVFB),)
	@PYTHONPATH=. QT_QPA_PLATFORM=xcb $(XVFB) -a -s "-screen 0 1600x1000x24" $(BIN)/python tests/benchmarks/window.py
endif

docs: $(STAMP)  ## write the pages that are made from the program
	@PYTHONPATH=. $(BIN)/python docs/make_architecture.py
	@PYTHONPATH=. $(BIN)/python docs/make_functions.py
	@PYTHONPATH=. $(BIN)/python docs/make_landscapes.py
	@PYTHONPATH=. $(BIN)/python docs/make_data.py
	@PYTHONPATH=. $(BIN)/python docs/make_lessons.py
	@PYTHONPATH=. $(BIN)/python docs/make_optimizers.py
	@PYTHONPATH=. $(BIN)/python docs/make_wrappers.py

film: $(STAMP)  ## film the window for the README (some minutes)
ifneq ($(XVFB),)
	@PYTHONPATH=. QT_QPA_PLATFORM=xcb $(XVFB) -a -s "-screen 0 1600x1000x24" $(BIN)/python docs/make_film.py
else
	@PYTHONPATH=. $(BIN)/python docs/make_film.py
endif

league: $(STAMP)  ## race all optimizers on all landscapes, and write the page of it (10 minutes; goes on where it was)
	@PYTHONPATH=. $(BIN)/python docs/make_league.py

golden:  ## make the golden trajectories anew, with the pinned libraries
	@$(PYTHON) -m venv build/golden && build/golden/bin/pip install --quiet -r tests/golden/requirements.txt
	@build/golden/bin/python tests/golden/make_trajectories.py
	@$(PYTHON) -m venv build/solvers && build/solvers/bin/pip install --quiet -r tests/golden/solver_requirements.txt
	@build/solvers/bin/python tests/golden/make_solver_trajectories.py
	@build/golden/bin/python tests/golden/make_wrapped.py

agreements: $(STAMP)  ## measure how closely the optimizers follow the golden trajectories
	@PYTHONPATH=. $(BIN)/python tests/golden/measure_agreements.py
	@$(MAKE) --no-print-directory docs

lock: $(STAMP)  ## choose the newest versions and write them, with hashes, to requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --extra dev pyproject.toml --output-file requirements.lock

clean:  ## remove the environment and every cache
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
