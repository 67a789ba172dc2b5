# Nothing here is more than the plain command it shows; use either.
.DEFAULT_GOAL := help
.PHONY: help install test check format docs

help:      ## this list
	@grep -E '^[a-z]+: *##' $(MAKEFILE_LIST) | sed -E 's/: *## */\t/' | expand -t 12

install:   ## the package and the tools to work on it, into the active environment
	pip install -e ".[dev]"

test:      ## the quick tests (slow ones: pytest -m slow; notebooks: pytest -m notebook)
	pytest

check:     ## style and types
	ruff check .
	ruff format --check .
	mypy --strict

format:    ## put the style right
	ruff check --fix .
	ruff format .

docs:      ## redraw the pictures and tables of README.md, pair the notebooks, write the schema
	python docs/pictures.py
	bargain schema > scenarios/bargain.schema.json
	python docs/tables.py
	python docs/pair.py
