# `make demo` and `make test` need only Python 3.11+ and make: everything goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
PYTEST := OMP_NUM_THREADS=1 EMPATHY_INSIGHTS_SCREENSHOTS=screenshots $(BIN)/python -m pytest -n 2 --dist loadfile
.PHONY: demo test attack coverage lint clean

demo: $(VENV)/.installed
	$(BIN)/empathy-insights demo --out results

# Two processes with a thread each: more threads than cores wait for each other. A file
# stays in one process, so that what its tests share is made once. Whole runs and the
# notebooks take as long as all else: CI runs them too, and so does `make test CI=true`.
test: $(VENV)/.installed-for-tests lint
	$(PYTEST) $(if $(CI),,-m "not attack and not slow")
	$(if $(CI),$(BIN)/python -m pytest --nbmake --nbmake-timeout=240 notebooks)

# Sixty invented studies, written for both audiences and solved for, and fifty runs that
# are killed: about twenty minutes.
attack: $(VENV)/.installed-for-tests
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -s -m attack tests/attack

# Apart, since watching every line makes tests take two thirds longer.
coverage: $(VENV)/.installed-for-tests
	$(PYTEST) --cov --cov-report=
	$(BIN)/coverage report

lint: $(VENV)/.installed-for-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/bin/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/uv
	$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode \
		--constraint constraints.txt --editable ".[ner]"
	touch $@

$(VENV)/.installed-for-tests: $(VENV)/.installed
	$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode \
		--constraint constraints.txt --editable ".[ner]" --group dev
	touch $@

clean:
	rm -rf $(VENV) results screenshots
