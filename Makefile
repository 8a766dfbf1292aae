# Octavo: one manuscript, every book. `make help` lists what there is.
#   BOOK=DIR   the project to build (default: this folder)
#   PRINTER=NAME   the printer that `make print` makes files for, and `make check` tries (`publish list printers`)
#   SHEET=a4|letter, SIGNATURE=N   the paper of `make booklet`, and the pages that are folded together
#   PAGES_OF=NAME  the edition whose pages the e-book names (default: the proof)
#   TO=NAME    whom `make send` sends the EPUB: an address, or somebody or a group that `publish send people` lists
#   SHOP=NAME  the shop by whose rules `make check` tries the EPUB (apple, kobo, google, kindle)

BOOK ?= .
NAME ?=
FROM ?=
SHOP ?=
PAGES_OF ?=
PRINTER ?=
SHEET ?=
SIGNATURE ?=
TO ?=
# Taken as they are typed: a dollar sign in the name of a folder is a dollar sign.
override BOOK := $(value BOOK)
override NAME := $(value NAME)
override FROM := $(value FROM)
override SHOP := $(value SHOP)
override PAGES_OF := $(value PAGES_OF)
override PRINTER := $(value PRINTER)
override SHEET := $(value SHEET)
override SIGNATURE := $(value SIGNATURE)
override TO := $(value TO)
export BOOK NAME FROM SHOP PAGES_OF PRINTER SHEET SIGNATURE TO

PYTHON3 ?= python3
PUBLISH := .venv/bin/python -m publish

.DEFAULT_GOAL := all
.PHONY: all pdf epub print booklet send check new import open clean help test test-next proof lint bench say-name say-from say-printer say-to \
  setup-run setup-check setup-test setup-proof setup-lint

all: setup-run ## both books: build/<slug>.pdf and build/<slug>.epub
	@$(PUBLISH) build --project "$$BOOK" $${PAGES_OF:+--pages-of "$$PAGES_OF"}

pdf: setup-run ## the reading proof: build/<slug>.pdf
	@$(PUBLISH) build pdf --project "$$BOOK"

epub: setup-run ## the e-book: build/<slug>.epub
	@$(PUBLISH) build epub --project "$$BOOK" $${PAGES_OF:+--pages-of "$$PAGES_OF"}

print: say-printer setup-run ## interior and cover for a printer: make print PRINTER=kdp
	@$(PUBLISH) build print cover --printer "$$PRINTER" --project "$$BOOK"

booklet: setup-run ## the proof on sheets to fold: make booklet SHEET=letter SIGNATURE=16
	@$(PUBLISH) build booklet --project "$$BOOK" $${SHEET:+--sheet "$$SHEET"} $${SIGNATURE:+--signature "$$SIGNATURE"}

send: say-to setup-run ## the EPUB by mail: make send TO=reader@example.org
	@$(PUBLISH) send to --project "$$BOOK" -- "$$TO"

check: setup-check ## everything that can be said about the manuscript and both books
	@$(PUBLISH) check --project "$$BOOK" $${SHOP:+--shop "$$SHOP"} $${PRINTER:+--printer "$$PRINTER"} $${PAGES_OF:+--pages-of "$$PAGES_OF"}

new: say-name setup-run ## start a book: make new NAME=my-book
	@$(PUBLISH) new "$$NAME"

import: say-from say-name setup-run ## a typed text becomes a book: make import FROM=essay.txt NAME=my-essay
	@$(PUBLISH) import "$$FROM" "$$NAME"

open: setup-run ## build the PDF and show it
	@$(PUBLISH) build pdf --open --project "$$BOOK"

clean: ## remove what builds made, and nothing else
	@if [ -x .venv/bin/python ]; then $(PUBLISH) clean --project "$$BOOK"; else echo "nothing to remove"; fi

test: setup-test ## the tests (Python only, a few minutes)
	@.venv/bin/python -m pytest -m "not proof" -n auto --dist worksteal

proof: setup-proof ## the heavy proofs: validators, whole novels, fuzzing
	@.venv/bin/python -m pytest -m proof -n auto --dist worksteal

lint: setup-lint ## format, style, types, and the direction of imports
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench: setup-test ## our time and memory beside the plain engine's and pandoc's, and how evenly lines are set
	@.venv/bin/python benchmarks/build.py
	@.venv/bin/python benchmarks/edits.py
	@.venv/bin/python benchmarks/ebook.py
	@.venv/bin/python benchmarks/shelf.py
	@.venv/bin/python benchmarks/evenness.py

test-next: setup-test ## whether the newest WeasyPrint is still the one that we know
	@.venv/bin/python tools/next_engine.py

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

say-name:
	@[ -n "$$NAME" ] || { echo "say what the new folder is called: make new NAME=my-book" >&2; exit 2; }

say-from:
	@[ -n "$$FROM" ] || { echo "say which text: make import FROM=essay.txt NAME=my-essay" >&2; exit 2; }

say-printer:
	@[ -n "$$PRINTER" ] || { echo "say for whom: make print PRINTER=kdp (or ingram, lulu, generic)" >&2; exit 2; }

say-to:
	@[ -n "$$TO" ] || { echo "say to whom: make send TO=reader@example.org (or a name: publish send people)" >&2; exit 2; }

# Set-up in .venv for a purpose; it returns at once where there is nothing to do.
setup-run setup-check setup-test setup-proof setup-lint:
	@$(PYTHON3) tools/setup.py $(@:setup-%=%)
