# make site | make lab | make test: each makes its own environment first, from the lock files.
# Everything is named relative to this folder, so its path may hold spaces and Arabic letters.

.DELETE_ON_ERROR:
.PHONY: help site export lab test benchmark lock clean

UV_VERSION = 0.13.9
PYTHON ?= python3
CORPUS ?=
OUT ?= site
TITLE ?=
ARTICLES ?=
FORMAT ?= csv
CHARTS ?= png
FULL ?=

help:
	@echo "make site                 run the notebooks on the sample, build the offline site in site/"
	@echo "make site CORPUS=folder   the same on your own articles; also OUT=folder TITLE=words,"
	@echo "                          ARTICLES=yes for a page of each article with its whole text"
	@echo "make export CORPUS=folder write its tables, and its main charts as pictures, into tables/;"
	@echo "                          also OUT=folder FORMAT=csv|parquet CHARTS=png|svg|none"
	@echo "make lab                  open JupyterLab on the notebooks"
	@echo "make test                 run the tests"
	@echo "make benchmark            measure speed, memory, growth and quality: benchmarks/out/index.html;"
	@echo "                          FULL=yes grows to a million documents, and takes hours"
	@echo "make lock                 renew the lock files from pyproject.toml"
	@echo "make clean                delete what make made, environments included"

site: .venv/ready
	@.venv/bin/python -m khabar site --output "$(OUT)" $(if $(CORPUS),--corpus "$(CORPUS)") \
		$(if $(TITLE),--title "$(TITLE)") $(if $(ARTICLES),--articles)

export: OUT = tables
export: .venv/ready
	@.venv/bin/python -m khabar export --output "$(OUT)" --format $(FORMAT) --charts $(CHARTS) \
		$(if $(CORPUS),--corpus "$(CORPUS)")

lab: .venv/ready
	@.venv/bin/python -m khabar lab

test: .venv-dev/ready
	@.venv-dev/bin/python -m khabar test

benchmark: .venv-dev/ready
	@.venv-dev/bin/python benchmarks/page.py $(if $(FULL),--full)

.uv/ready: Makefile
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/ready: requirements.lock pyproject.toml .uv/ready
	@$(call environment,.venv,requirements.lock)

.venv-dev/ready: requirements-dev.lock pyproject.toml .uv/ready
	@$(call environment,.venv-dev,requirements-dev.lock)

# $(1): folder of the environment, $(2): lock file.
define environment
	.uv/bin/uv venv --quiet --clear --python "$(PYTHON)" $(1)
	.uv/bin/uv pip sync --quiet --compile-bytecode --python $(1) --require-hashes $(2)
	.uv/bin/uv pip install --quiet --python $(1) --no-build-isolation --no-deps --editable .
	@touch $(1)/ready
endef

COMPILE = .uv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --extra build --extra images

lock: .uv/ready
	$(COMPILE) --upgrade --output-file requirements.lock
	$(COMPILE) --upgrade --constraint requirements.lock --extra dev --output-file requirements-dev.lock

clean:
	rm -rf .uv .venv .venv-dev build site
