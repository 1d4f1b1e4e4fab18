# Everything that can be done with this checkout; each target makes .venv itself on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
# A package is taken as it was when it was pinned, or not at all; none is built here, for what builds it has no hash.
HASHED := --require-hashes --only-binary :all:
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# uv installs in seconds what takes pip a minute. Where it cannot, as behind an index that only pip is told of, pip does it.
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
install = $(UV) $(1) || $(PIP) $(1)
PIN := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help setup run chat test wires torture fuzz check fix cover pg bench figures talk pages pictures sbom clean requirements

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(READY): requirements.txt requirements-build.txt requirements-install.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "Resi needs Python 3.11, 3.12 or 3.13; say which: make PYTHON=python3.12"; exit 1; }
	@$(BIN)/python -c "import pip" 2>/dev/null || $(PYTHON) -m venv $(VENV)
	$(PIP) $(HASHED) -r requirements-install.txt || true
	$(call install,$(HASHED) -r requirements.txt -r requirements-build.txt)
	$(call install,--no-deps --no-build-isolation -e .)
	@touch $@

$(READY_DEV): $(READY) requirements-dev.txt
	$(call install,$(HASHED) -r requirements-dev.txt)
	@touch $@

# Compiled here, once: the service's own user cannot write beside the code, and would compile all of it at each start.
setup: $(READY) ## make .venv with the command resi in it
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib app bots core storage web

run: $(READY) ## run the service: every channel that is configured, web on 127.0.0.1:8000, SMTP on 127.0.0.1:8025
	@exec $(BIN)/resi run

chat: $(READY) ## talk to it in the terminal (ARGS="--channel sms --lang en")
	@exec $(BIN)/resi chat $(ARGS)

# Four more than there are processors: journeys wait for services as often as they work. One process reads the tests, and
# workers forked from it take a file at a time (tests/workers.py).
WORKERS = $(shell expr $$(getconf _NPROCESSORS_ONLN) + 4)

test: $(READY_DEV) ## run the tests, a file at a time for each worker (ARGS="-k mail", WORKERS=1)
	$(BIN)/python -m pytest -p tests.workers --workers $(WORKERS) $(ARGS)

check: $(READY_DEV) ## ruff, mypy --strict, import-linter
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports --no-cache

fix: $(READY_DEV) ## format, and mend what can be mended by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

cover: $(READY_DEV) ## tests with coverage
	$(BIN)/coverage run -m pytest -q $(ARGS)
	$(BIN)/coverage combine --quiet || true
	$(BIN)/coverage report

pg: $(READY_DEV) ## the tests that need PostgreSQL, on a server of their own
	$(BIN)/python -m pytest -m postgres $(ARGS)

wires: $(READY_DEV) ## SMS by a real Kannel and mail by a real Postfix (Debian: apt-get install kannel postfix; as root)
	TEST_NEEDS_WIRES=1 $(BIN)/python -m pytest tests/journeys/test_kannel.py tests/journeys/test_postfix.py $(ARGS)

torture: $(READY_DEV) ## 50,000 messages on all wires under faults, on SQLite and PostgreSQL (hours; ARGS="--messages 5000")
	@for each in sqlite postgres; do PYTHONPATH=. $(BIN)/python -m tests.faults.torture --database $$each $(ARGS) || exit 1; done

fuzz: $(READY_DEV) ## what strangers may send, made up for an hour and kept for the next time (FUZZ_EXAMPLES=20000)
	FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-20000} $(BIN)/python -m pytest -p tests.workers --workers $(WORKERS) tests/fuzz $(ARGS)

bench: $(READY_DEV) ## measure what a message costs beside plain programs, and write docs/performance.md (minutes)
	@$(BIN)/python benchmarks/performance.py --write

figures: $(READY_DEV) ## the figures of all other pages of docs; each file of benchmarks/ prints its own (an hour)
	@for file in $(filter-out benchmarks/performance.py, $(wildcard benchmarks/*.py)); do \
	  echo "== $$file"; PYTHONPATH=. $(BIN)/python $$file || exit 1; done

talk: $(READY_DEV) ## let simulated citizens report, and count who reaches a code (ARGS="--worst 10")
	@PYTHONPATH=. $(BIN)/python benchmarks/talk.py $(ARGS)

pages: $(READY_DEV) ## write anew what is made from the code: .env.example, conversations, drawn pages
	@PYTHONPATH=. $(BIN)/python -m app.example
	@PYTHONPATH=. $(BIN)/python -m docs.transcripts README.md docs/transcripts.md
	@for page in workflow.svg architecture.svg conversation.md languages.md; do \
	  PYTHONPATH=. $(BIN)/python -m docs.$${page%.*} docs/$$page || exit 1; done

pictures: $(READY_DEV) ## take the pictures of docs/desk.md anew; it needs a Chromium
	@PYTHONPATH=. $(BIN)/python -m docs.camera

# In an environment of its own: what lists the packages is none of them.
sbom: requirements.txt requirements-sbom.txt ## write dist/sbom.cdx.json: every package that runs, with its hashes (CycloneDX 1.6)
	@test -x $(VENV)-sbom/bin/cyclonedx-py || { $(PYTHON) -m venv $(VENV)-sbom && \
	  $(VENV)-sbom/bin/python -m pip install --quiet $(HASHED) -r requirements-sbom.txt; }
	@mkdir -p dist
	$(VENV)-sbom/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --validate \
	  --of JSON -o dist/sbom.cdx.json requirements.txt

requirements: $(READY_DEV) ## pin anew what pyproject.toml asks for, with the hash of every file (ten minutes)
	$(PIN) --output-file requirements.txt pyproject.toml
	$(PIN) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
	$(PIN) --only-build-deps --build-deps-for editable --constraint requirements-dev.txt --output-file requirements-build.txt pyproject.toml
	echo uv | $(PIN) --output-file requirements-install.txt -
	echo cyclonedx-bom | $(PIN) --constraint requirements-dev.txt --output-file requirements-sbom.txt -

clean: ## remove what was made, but not what is kept in var/
	rm -rf $(VENV) $(VENV)-sbom .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache htmlcov .coverage*
