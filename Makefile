PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two at a time, since journeys mostly wait; those in a browser have a command of their own.
TESTS := $(BIN)/python -m pytest -q --ignore=tests/browser
AT_ONCE := -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: demo test tenfold check bench golden browser pictures requirements

demo: $(VENV)/ready
	$(BIN)/python -m bot demo $(ARGS)

test: $(VENV)/ready
	$(TESTS) $(AT_ONCE) $(ARGS)

# Whether the suite can be believed: whole runs in a row, every second one beside a busy core.
tenfold: $(VENV)/ready
	$(BIN)/python -m tests.proof.ten_runs $(ARGS)

# The whole truth: format, lint, types, tests (which compare the documents with the code).
check: $(VENV)/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(TESTS) $(AT_ONCE)

bench: $(VENV)/ready
	$(BIN)/python -m benchmarks $(ARGS)

# The pictures of every view, as JSON, written anew; look at the difference before you commit it.
golden: $(VENV)/ready
	REWRITE_GOLDEN=1 $(BIN)/python -m pytest -q tests/views

# The first ten minutes in a real Chromium (Debian's package `chromium`).
browser: $(VENV)/browser
	$(BIN)/python -m pytest -q tests/browser $(ARGS)

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
