# make course   set up what is missing, then open the course (ARGS="--no-browser --port 0" goes to the `course` command)
# make test     set up what is missing, then prove that everything in this repository is true
# make bench    set up what is missing, then measure
# make lock     renew requirements.lock from pyproject.toml
#
# To renew the lock: install uv (`pipx install uv`), run `make lock`, then `make test`; commit requirements.lock with the
# change that needed it. One package only: `make lock LOCK_ARGS="--upgrade-package fastapi"`.

PYTHON ?= python3
ARGS ?=
LOCK_ARGS ?= --upgrade
BIN := .venv/bin

.PHONY: course test bench lock ready

course: ready
	@$(BIN)/course $(ARGS)

test: ready
	@$(BIN)/course build --check
	@$(BIN)/python -m pytest --nbval notebooks solutions -n 2 --dist loadscope -q
	@$(BIN)/python -m pytest
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: ready
	@$(BIN)/python tests/bench.py

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(LOCK_ARGS) --output-file requirements.lock

ready:
	@$(PYTHON) bootstrap.py
