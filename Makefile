# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Everything is built in .venv and .cache; `make` alone says what there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GALAXY := .cache/galaxy
LINK := .cache/collections/ansible_collections/community/mailcow
# Of the recorded releases of mailcow before the newest, those that `make test` tries: the oldest one and two in the middle.
OLDER := 2024-01e 2025-03b 2025-12a
# The longest first, so that none of them is left alone at the end.
STAGES := integration-older reliability integration units integration-modules examples molecule sanity secrets both-ways lint install-check replay docs-lint

export PATH := $(CURDIR)/$(BIN):$(PATH)
export ANSIBLE_CONFIG := $(CURDIR)/ansible.cfg
export HYPOTHESIS_STORAGE_DIRECTORY := $(CURDIR)/.cache/hypothesis
export RUFF_CACHE_DIR := $(CURDIR)/.cache/ruff
export PYTHONDONTWRITEBYTECODE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help venv format lint generate sanity units examples reliability replay integration integration-modules integration-older test-matrix both-ways secrets docs docs-lint build install-check changelog release molecule demo simulator bench test clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

venv: ## install all that any target needs

# Targets, and the files of tests/requirements that they need: installed when the first target needs them, or its stage of `make test`.
need = $(eval $(1) $(1:%=stage-%): $(LINK) $(2:%=$(VENV)/.installed/%))
$(call need,sanity build demo generate simulator,simulator)
$(call need,integration integration-modules integration-older test-matrix install-check,simulator dns)
$(call need,units examples reliability replay both-ways secrets,simulator dns units)
$(call need,lint changelog release,simulator dns lint)
$(call need,format,lint)
$(call need,docs docs-lint,simulator docs)
$(call need,molecule,simulator dns molecule)
$(call need,bench,simulator bench)
$(call need,venv,simulator dns units lint docs molecule bench)

install-check stage-install-check venv: $(GALAXY)/.installed/galaxy

$(VENV)/.installed/%: tests/requirements/%.txt
	@$(PYTHON) tests/tools/install.py $(VENV) $*

$(GALAXY)/.installed/galaxy: tests/requirements/galaxy.txt
	@$(PYTHON) tests/tools/install.py $(GALAXY) galaxy

$(LINK):
	@mkdir -p $(@D)
	@ln -sfn ../../../.. $@

format: ## bring the Python code into shape; ARGS="plugins/modules" for a part of it
	ruff format $(ARGS)
	ruff check --fix $(ARGS)

lint: ## ruff, mypy, yamllint, ansible-lint, REUSE, changelog
	ruff check
	ruff format --check
	mypy
	yamllint --strict .
	ANSIBLE_HOME=.cache/ansible ansible-lint --nocolor --offline --profile production
	reuse lint --quiet || reuse lint
	antsibull-changelog lint

generate: ## write the lists of modules and kinds in README.md, meta/ and the documentation
	python -m tests.tools.generate

sanity: ## ansible-test sanity; ARGS="--test pep8" for a part of it
	python -m tests.tools.sanity $(ARGS)

units: ## unit tests; ARGS="-k alias" for some of them
	pytest tests/unit $(ARGS)

examples: ## the guides and the examples of the modules on a simulator, whole courses of roles, their pages in a browser; ARGS="-k first_steps" for some
	pytest tests/examples tests/pages tests/courses $(ARGS)

reliability: ## each fault with the requests of each group of tasks, runs at the same moment; ARGS="-k parallel" for some of it
	pytest tests/reliability $(ARGS)

replay: ## the recordings of a real server against the simulator
	pytest tests/replay $(ARGS)

integration: ## playbooks against the simulator, or MAILCOW_TEST_URL=… MAILCOW_TEST_API_KEY=…; TARGET=mailcow_domain for one
	python -m tests.integration $(TARGET:%=--target %) $(ARGS)

integration-modules: ## the same playbooks, for real, with no task in Ansible's own process
	python -m tests.integration --as-modules --once $(TARGET:%=--target %) $(ARGS)

integration-older: ## the same playbooks, for real, against simulators of older releases; OLDER=2025-03b for one
	python -m tests.integration --once $(OLDER:%=--mailcow-version %) $(TARGET:%=--target %) $(ARGS)

test-matrix: ## all recorded releases of mailcow, and all releases of ansible-core; RECORDED=2025-03b or CORE=2.18 for one
	python -m tests.tools.matrix $(RECORDED:%=--mailcow-version %) $(CORE:%=--core %) $(TARGET:%=--target %)

both-ways: ## tasks in Ansible's own process and as modules give the same results; ARGS="--core 2.18" for another ansible-core
	PYTHONPATH=.cache/collections python -m tests.both_ways $(ARGS)

secrets: ## playbooks with a marker in every secret, which is seen nowhere; ARGS=health for one of them
	PYTHONPATH=.cache/collections python -m tests.secrets $(ARGS)

docs: ## the documentation site, in .cache/site/html
	python -m tests.tools.site

docs-lint: ## the documentation of modules and roles, the guides, and whether the site builds
	antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs=self .
	python -m tests.tools.docs
	python -m tests.tools.site

build: ## the artifact for Galaxy, in dist/
	@rm -rf dist
	ansible-galaxy collection build --output-path dist "$$(python -m tests.tools.checkout .cache/build)"

install-check: build ## import the artifact as Galaxy does, install it offline and use it; the execution environment for AWX
	python -m tests.tools.importer $(GALAXY) dist/*.tar.gz
	$(GALAXY)/bin/ansible-builder create --file docs/awx/execution-environment.yml --context .cache/execution-environment
	python -m tests.tools.install_check dist/*.tar.gz

changelog: ## write the release of galaxy.yml into the changelog, from its fragments and what is new
	antsibull-changelog release --update-existing --reload-plugins --refresh

release: changelog ## build and check the version of galaxy.yml, and say what to push
	@python -m tests.tools.release
	@$(MAKE) --no-print-directory install-check
	@python -m tests.tools.release dist/*.tar.gz

molecule: ## the scenarios of the roles; ROLE=tenant for one of them
	python -m tests.molecule $(ROLE)

demo: ## watch the collection at work on a simulator, in a minute
	@python -m tests.demo

# As on a server in use; the tests start theirs as the recordings have them.
simulator: RUNNING = dovecot rspamd netfilter identity-provider pushover
simulator: ## a simulator of mailcow on http://127.0.0.1:8080; ARGS="--help"
	@python -m tests.simulator --port 8080 $(RUNNING:%=--service %=up) $(ARGS)

bench: ## one task, loops and bare requests, measured; N=1000 JSON=out.json for one size; MAILCOW_TEST_URL=… as above; ARGS="--help"
	@python -m tests.bench $(N:%=--n %) $(JSON:%=--json %) $(ARGS)

# Two stages at a time; the output of each comes in one piece when it is done, and a failing one does not hide the others.
test: ## everything that CI runs
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=recurse $(STAGES:%=stage-%)

stage-%:
	@start=$$(date +%s); echo "==== $*"; $(MAKE) --no-print-directory $*; status=$$?; \
	echo "==== $*: $$([ $$status = 0 ] && echo ok || echo FAILED) after $$(($$(date +%s) - start)) s"; echo; exit $$status

clean: ## remove all that was built
	rm -rf $(VENV) .cache .ansible dist tests/output
