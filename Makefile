PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two at a time, since journeys mostly wait; those in a browser have a command of their own.
TESTS := $(BIN)/python -m pytest -q --ignore=tests/browser
AT_ONCE := -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: demo test check bench golden browser pictures requirements

demo: $(VENV)/ready
	$(BIN)/python -m bot demo $(ARGS)

test: $(VENV)/ready
	$(TESTS) $(AT_ONCE) $(ARGS)

# The whole truth: format, lint, types, tests (which compare the documents with the code). Journeys
# go over real sockets in real time: what failed is asked once more, alone, before it counts.
check: $(VENV)/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(TESTS) $(AT_ONCE) || $(TESTS) --last-failed

bench: $(VENV)/ready
	$(BIN)/python -m benchmarks $(ARGS)

# The pictures of every view, as JSON, written anew; look at the difference before you commit it.
golden: $(VENV)/ready
	REWRITE_GOLDEN=1 $(BIN)/python -m pytest -q tests/views

# The first ten minutes in a real Chromium (Debian's package `chromium`).
browser: $(VENV)/browser
	$(BIN)/python -m pytest -q tests/browser $(ARGS) || $(BIN)/python -m pytest -q tests/browser --last-failed

# The same, and what was seen on the way goes to docs/pictures.
pictures: $(VENV)/browser
	PICTURES=docs/pictures $(BIN)/python -m pytest -q tests/browser $(ARGS)

requirements: $(VENV)/ready
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --python-version 3.11 --no-header --no-emit-index-url requirements.in -o requirements.txt

$(VENV)/browser: $(VENV)/ready tests/browser/requirements.txt
	$(BIN)/pip install -q -r tests/browser/requirements.txt
	touch $@

$(VENV)/ready: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -r requirements.txt
	touch $@
