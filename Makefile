# What a person does with the clone. Each target first sets up what it needs, in .venv; nothing else is installed.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev run kafka test quality bench chaos flood fuzz lint audit format schemas lock clean-data

BOOTSTRAP ?=
NODES ?= 1
REPORTS ?= 100000
MINUTES ?= 10
ARGS ?=
# Asked in this order; `make PYTHON=/path/to/python` asks only that one.
PYTHONS := $(or $(PYTHON),python3 python3.13 python3.12 python3.11)
IN_RANGE := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))

# Runs deploy/install.py by the first Python that Tocsin can use. $(1): run or dev.
define install
@for python in $(PYTHONS); do \
	if "$$python" -c '$(IN_RANGE)' 2>/dev/null; then exec "$$python" deploy/install.py $(1); fi; \
done; \
echo "Tocsin needs Python 3.11, 3.12 or 3.13: install one, or name one by make PYTHON=/path/to/python3." >&2; exit 1
endef

help: ## this list
	@awk -F ' *:.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile

setup: .venv/.ready-run ## install what Tocsin runs on, once for each change of the lock
	@:

setup-dev: .venv/.ready-dev ## and what its tests and checks need
	@:

.venv/.ready-run: requirements.lock pyproject.toml
	$(call install,run)

.venv/.ready-dev: requirements-dev.lock pyproject.toml
	$(call install,dev)

run: setup ## everything on this machine, alerts as they come; BOOTSTRAP=host:port for a broker that is there
	@exec .venv/bin/tocsin up $(if $(BOOTSTRAP),--bootstrap $(BOOTSTRAP))

kafka: setup ## a Kafka to develop against, until Ctrl-C; NODES=3 for a cluster
	@exec .venv/bin/python -m deploy.kafka --nodes $(NODES)

test: setup-dev ## every test that this machine allows, with coverage; ARGS="-k name" for some
	.venv/bin/python -m pytest --cov --cov-report=term:skip-covered $(ARGS)

quality: setup-dev ## how well the coder reads, by phenomenon; DATA=DIR for public sets too, ARGS=--cases for what fails
	.venv/bin/python -m tests.quality $(if $(DATA),--data $(DATA)) $(ARGS)

bench: setup-dev ## how fast the coder reads (DATA=DIR for more texts), and how fast the sink merges; REPORTS=1000000 for the whole
	.venv/bin/python -m tests.benchmarks $(if $(DATA),--data $(DATA)) $(ARGS)
	.venv/bin/python -m tests.benchmarks.store --reports $(REPORTS)

chaos: setup ## kill, freeze and cut off parts of a whole Tocsin at work, and look that nothing is lost; ARGS="--faults 200 --articles 50000"
	.venv/bin/python -m tests.chaos $(ARGS)

flood: setup ## ten times as many articles as are coded, for MINUTES=10: memory stays bounded and nothing accepted is lost
	.venv/bin/python -m tests.flood --minutes $(MINUTES) $(ARGS)

fuzz: setup-dev ## every parser of outside bytes, by coverage; ARGS="--runs 1000000" for long, --target NAME for one
	.venv/bin/python -m tests.fuzz $(ARGS)

lint: setup-dev ## ruff, mypy, and that generated files are current and compatible
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy --strict
	.venv/bin/python -m schemas.generate --check
	.venv/bin/python -m schemas.compat

audit: setup-dev ## weak code by bandit, packages with known holes by pip-audit; deploy/audit.yaml answers findings
	.venv/bin/python -m deploy.audit

format: setup-dev ## let ruff mend what it can
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

schemas: setup-dev ## write JSON Schema and AsyncAPI from the models
	.venv/bin/python -m schemas.generate

UV_COMPILE := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header pyproject.toml
lock: setup-dev ## resolve the three locks anew from pyproject.toml; ARGS=--upgrade for newer versions
	$(UV_COMPILE) $(ARGS) -o requirements.lock
	$(UV_COMPILE) $(ARGS) --extra dev -c requirements.lock -o requirements-dev.lock
	$(UV_COMPILE) $(ARGS) --extra dev --extra gazetteer -c requirements-dev.lock -o requirements-gazetteer.lock

clean-data: ## forget what was extracted and alerted, and the broker's records
	rm -rf .data
