# make course   set up what is missing, then run the `course` command: make course ARGS="--no-browser --port 0"
# make test     set up what is missing, then prove that everything in this repository is true; what has passed before and reads
#               nothing that has changed since is left out, unless you say make test ALL=1
# make bench    set up what is missing, then measure
# make busy     run the notebooks in which time matters 20 times while the processors are busy: make busy ARGS="07 --runs 5"
# make review-others   review FastAPI applications that others wrote, installed from their packages below .cache
# make lock     renew requirements.lock (what `make course` installs) and requirements-dev.lock (what all others install)
#
# To renew the locks: change pyproject.toml if need be, run `make lock` (all packages at their newest) or
# `make lock UPGRADE="--upgrade-package fastapi"` (one package), then `make test`; commit the locks with what needed it.

PYTHON ?= python3
ARGS ?=
UPGRADE ?= --upgrade
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# Python keeps what it has compiled, also where the environment asks for the opposite (as images for containers do)
unexport PYTHONDONTWRITEBYTECODE

.PHONY: course test bench busy review-others lock ready ready-dev

course: ready
	@$(BIN)/course $(ARGS)

test: ready-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/course build --check
	@$(BIN)/python -m pytest --nbval notebooks solutions app_snippets/stages tests -n 2 --prove=$(if $(ALL),all,changed)

bench: ready-dev
	@$(BIN)/python tests/bench.py
	@$(BIN)/python tests/bench_service.py $(ARGS)

busy: ready-dev
	@$(BIN)/python tests/busy.py $(ARGS)

review-others: ready-dev
	@$(BIN)/python tests/tenpoint/others.py

lock: ready-dev
	$(LOCK) --group dev $(UPGRADE) --output-file requirements-dev.lock
	cp requirements-dev.lock requirements.lock
	$(LOCK) --group setup --output-file requirements.lock # uv keeps the pins that it finds there

ready:
	@$(PYTHON) bootstrap.py

ready-dev:
	@$(PYTHON) bootstrap.py --dev
