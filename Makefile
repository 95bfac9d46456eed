# Everything runs in .venv, made from the hashed requirements on first use.
PYTHON ?= python3
BIN := .venv/bin
GOLD ?= ../shared/evaluation
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

.PHONY: serve test lint evaluate lock clean

serve: .venv/installed  ## load seeds/ and serve on http://127.0.0.1:8000
	$(BIN)/reportedly serve

test: .venv/installed-dev  ## run the tests
	$(BIN)/python -m pytest

lint: .venv/installed-dev  ## style, import contract, and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/mypy

evaluate: .venv/installed-dev  ## score the extractor on published gold data, hold the ratchet
	$(BIN)/python -m tests.evaluation $(GOLD)

lock: .venv/installed-dev  ## pin what pyproject.toml asks for, newest versions
	$(BIN)/pip install --quiet uv
	$(COMPILE) --upgrade pyproject.toml -o requirements.txt
	$(COMPILE) --upgrade --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:  ## remove the environment and the database
	rm -rf .venv reportedly.db reportedly.db-shm reportedly.db-wal

.venv/installed: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Reportedly needs Python 3.11 or later; try: make PYTHON=python3.13")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@
