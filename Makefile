# Set-up, demonstration and checks. Needs Python 3.11 or later and nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready

.PHONY: demo test test-long readers test-readers fuzz lint bench taxonomy golden clean

demo: $(READY)
	@echo "Converting a sample:"
	$(BIN)/pressmark convert samples/allos-2004-q1.txt -o out --cik 1097264 --force

test: lint
	$(BIN)/pytest --cov --cov-report=term:skip-covered

test-long: $(READY)
	$(BIN)/pytest -m slow

# Each reader of reports in an environment of its own, under .readers/.
readers: $(READY)
	$(BIN)/python tools/readers.py

test-readers: readers
	PRESSMARK_READERS=required $(BIN)/pytest tests/test_readers.py

fuzz: $(READY)
	HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest tests/fuzz -k fuzz

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python benchmarks/cold.py
	$(BIN)/python benchmarks/render.py
	$(BIN)/python benchmarks/check.py

taxonomy: $(READY)
	$(BIN)/pressmark taxonomy build

golden: $(READY)
	$(BIN)/pytest --update-golden

clean:
	rm -rf $(VENV) .readers out dist build

$(READY): pyproject.toml
	@echo "Setting up $(VENV): about a minute"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $(READY)
