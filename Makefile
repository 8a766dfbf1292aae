# Octavo: one manuscript, every book. `make help` lists what there is.
#   BOOK=DIR   the project to build (default: this folder)

BOOK ?= .
NAME ?=
FROM ?=
export BOOK NAME FROM

PYTHON3 ?= python3
PUBLISH := .venv/bin/python -m publish
SETUP := @$(PYTHON3) tools/setup.py

.DEFAULT_GOAL := all
.PHONY: all pdf epub check new import open clean help test proof lint bench setup-run setup-test setup-proof setup-lint

all: setup-run ## both books: build/<slug>.pdf and build/<slug>.epub
	@$(PUBLISH) build --project "$$BOOK"

pdf: setup-run ## the reading proof: build/<slug>.pdf
	@$(PUBLISH) build pdf --project "$$BOOK"

epub: setup-run ## the e-book: build/<slug>.epub
	@$(PUBLISH) build epub --project "$$BOOK"

check: setup-proof ## everything that can be said about the manuscript and both books
	@$(PUBLISH) check --project "$$BOOK"

new: setup-run ## start a book: make new NAME=my-book
	@$(PUBLISH) new "$$NAME"

import: setup-run ## a typed text becomes a book: make import FROM=essay.txt NAME=my-essay
	@$(PUBLISH) import "$$FROM" "$$NAME"

open: setup-run ## build the PDF and show it
	@$(PUBLISH) build pdf --open --project "$$BOOK"

clean: setup-run ## remove what builds made, and nothing else
	@$(PUBLISH) clean --project "$$BOOK"

test: setup-test ## the tests (Python only, a few minutes)
	@.venv/bin/python -m pytest -m "not proof" -n auto

proof: setup-proof ## the heavy proofs: validators, whole novels, fuzzing
	@.venv/bin/python -m pytest -m proof

lint: setup-lint ## format, style, types, and the direction of imports
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench: setup-test ## our time and memory beside the plain engine's
	@.venv/bin/python benchmarks/build.py

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

# Two purposes share one environment, so they are set up one after the other, also under `make -j`.
setup-run:
	$(SETUP) run
setup-test: setup-run
	$(SETUP) test
setup-proof: setup-test
	$(SETUP) proof
setup-lint: setup-proof
	$(SETUP) lint
