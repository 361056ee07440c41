# Consult: `make run` serves a living demonstration, `make test` proves it. Nothing is installed outside this folder,
# but for what the browser tests need.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
UV = .tools/bin/uv
RUN = .venv/bin/
PORT ?= 8000

export UV_PYTHON_DOWNLOADS = never
export UV_CACHE_DIR = $(CURDIR)/.cache/uv
export UV_PROJECT_ENVIRONMENT = $(CURDIR)/.venv
export UV_PYTHON = $(shell $(PYTHON) -c 'import sys; print(sys.executable)')
export UV_LINK_MODE = hardlink
export PORT

.PHONY: run test check bench clean translations
.DEFAULT_GOAL := run

run: .venv/ready-to-run
	@$(RUN)flask --app wsgi consult serve

test: .venv/ready-to-test
	@$(RUN)python -m tests.browser --prepare
	@$(MAKE) --no-print-directory check
	$(RUN)pytest -n 2 --durations=10 --ignore=tests/journeys --ignore=tests/house
	CONSULT_TEST_DATABASE=postgresql $(RUN)pytest -n 2 --durations=10 --ignore=tests/core --ignore=tests/journeys
	$(RUN)pytest --durations=5 tests/journeys
	@$(RUN)python -m tests.browser --last-line

check: .venv/ready-to-test
	$(RUN)ruff check .
	$(RUN)ruff format --check .
	$(RUN)mypy
	$(RUN)pytest -q tests/house

bench: .venv/ready-to-test
	$(RUN)python -m tests.bench

translations: .venv/ready-to-test
	$(RUN)pybabel -q extract -F translations/babel.cfg -k lazy_gettext -k lazy_ngettext:1,2 --no-location --sort-output --project Consult -o translations/messages.pot .
	$(RUN)pybabel -q update -i translations/messages.pot -d translations --no-fuzzy-matching --ignore-obsolete

clean:
	rm -rf instance

.venv/ready-to-run: $(UV) pyproject.toml uv.lock $(wildcard translations/*/LC_MESSAGES/*.po)
	@$(UV) sync --quiet --frozen --no-dev --inexact
	@$(RUN)python consult/cli/catalogues.py
	@touch $@

.venv/ready-to-test: .venv/ready-to-run
	@$(UV) sync --quiet --frozen
	@touch $@

$(UV):
	@$(PYTHON) consult/cli/ground.py
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-warn-script-location --root-user-action=ignore --upgrade --target .tools 'uv>=0.13,<0.14'
