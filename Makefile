# `make` lists the tasks. All of them need only Python 3.11 or newer, make and the package index.

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# What takes longest begins first.
SHELVES := $(addprefix tests/,e2e browser api backends component sketch unit) $(wildcard tests/test_*.py)
PARALLEL = $(PYTEST) $(SHELVES) -n $(WORKERS) --dist loadfile --no-loadscope-reorder
WORKERS := 2
# Collecting all files would take longer than running what is in these.
ALONE = $(PYTEST) $$(grep -rl mark.serial tests --include='test_*.py')
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# The tests start hundreds of processes, which need not each compile everything, whatever is set where they run.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test test-unit proof check lint types dev bench bench-start bench-steady bench-deliveries bench-gallery bench-table bench-crowd \
	bench-scale bench-door bench-attacks bench-recipes bench-text bench-reading chaos fuzz clients long-wait keep-alive mutate gallery screenshots model-images trace-image lock clean

help:  ## list the tasks
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

demo: .venv/vision  ## start a server, generate the first image over its API, keep serving (DEMO_ONCE=1: stop after it)
	$(BIN)/easel demo $(if $(DEMO_ONCE),--once)

dev: .venv/dev  ## serve from ./easel-data with debug logs
	EASEL_LOG_LEVEL=debug $(BIN)/easel serve

test: .venv/dev  ## run the tests: every shelf, four minutes on two cores
	$(PARALLEL) -m "not proof and not serial"
	$(ALONE) -m "serial and not proof"

test-unit: .venv/dev  ## run the tests that need no files, no network and no time
	$(PYTEST) tests/unit -m "not proof"

proof: WORKERS := 4
proof: .venv/dev  ## run what `make test` leaves out: the long tables, every value of the API document, real kills at every other boundary of a paid call
	$(PARALLEL) -m "proof and not serial"
	$(ALONE) -m "proof and serial"

check: lint types test proof  ## everything CI runs

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev
	$(BIN)/mypy

bench: .venv/dev  ## measure: submits per second, latency, memory (see bench/README.md)
	$(BIN)/python -m bench.submit

bench-steady: .venv/dev  ## measure: memory, open files and latency of half an hour at 20 jobs per second (see bench/README.md)
	$(BIN)/python -m bench.steady

bench-start: .venv/dev  ## measure: how long help, a server and a worker take to start (see bench/README.md)
	$(BIN)/python -m bench.start

bench-deliveries: .venv/dev  ## measure: webhooks carried out, and jobs watched live (see bench/README.md)
	$(BIN)/python -m bench.deliveries

bench-gallery: .venv/dev  ## measure: the gallery with 200 and with 20,000 images (see bench/README.md)
	$(BIN)/python -m bench.gallery

bench-table: .venv/dev  ## measure: the same requests with 1,000 and with 1,000,000 jobs, on both databases (see bench/README.md)
	$(BIN)/python -m bench.table

bench-crowd: .venv/dev  ## measure: a job with 1 and 1,000 teams, and with few and 2,000 waiting (see bench/README.md)
	$(BIN)/python -m bench.crowd

bench-scale: .venv/dev  ## measure: one worker against two, and how soon a dead one's jobs go on (see bench/README.md)
	$(BIN)/python -m bench.scale

bench-door: .venv/dev  ## measure: LiteLLM and Easel under the same load, at the same double (see bench/README.md)
	$(BIN)/python -m bench.door

bench-attacks: .venv/dev  ## measure: ten attacks, and what another team notices; SECONDS=60 of each (see bench/README.md)
	$(BIN)/python -m bench.attacks --seconds $(or $(SECONDS),60)

bench-recipes: .venv/dev  ## measure: time and memory of every recipe of the sketch engine (see bench/README.md)
	$(BIN)/python tools/sketch/bench_recipes.py

bench-text: .venv/bench  ## measure: are the words on the image? PROMPTS=folder of LongText-Bench (see bench/README.md)
	$(BIN)/python tools/sketch/bench_text.py $(PROMPTS)

bench-reading: .venv/dev  ## measure: is what prompts ask for drawn, or said not to be? PROMPTS=folder, LIST=1 names what is not (see bench/README.md)
	$(BIN)/python tools/sketch/bench_reading.py $(PROMPTS) $(if $(LIST),--list)

chaos: .venv/dev  ## kill a fleet's processes while it works, and hold its promises against what became of 300 jobs
	$(BIN)/python -m tools.chaos

fuzz: .venv/dev  ## send a server odd addresses, heads, multipart bodies and JSON; SECONDS=600 of each
	$(BIN)/python -m tools.fuzz --seconds $(or $(SECONDS),600)

clients: .venv/dev  ## install OpenAI's clients from their registries (needs npm), and run each at a server
	$(BIN)/python -m tools.clients $(if $(ONLY),--only $(ONLY))

long-wait: .venv/dev  ## a generation of 20 minutes behind a real nginx: what each client sees (needs nginx)
	$(BIN)/python -m tools.long_wait

keep-alive: .venv/dev  ## ten minutes of requests at odd intervals through nginx and Caddy: does one fail? (needs them)
	$(BIN)/python -m tools.keep_alive

mutate: .venv/dev  ## change PACKAGE (ledger, jobs, catalog, pipeline) one thing at a time: do its tests notice?
	$(BIN)/python -m tools.mutate $(PACKAGE)

gallery: .venv/dev  ## draw the gallery of docs/gallery again
	$(BIN)/python -m tools.sketch.gallery

model-images: .venv/dev  ## make the images of the models' pages again
	$(BIN)/python -m tools.model_images

screenshots: .venv/dev  ## take every page again, in both themes and widths, into docs/screenshots
	$(BIN)/python -m tools.screenshots

trace-image: .venv/dev  ## trace one job through two processes and draw it into the documentation
	$(BIN)/python -m tools.sketch.trace_image

lock: .venv/dev  ## choose newer dependencies, none younger than a week, and lock them with their hashes
	$(BIN)/python tools/lock.py

clean:  ## remove the virtual environment
	rm -rf .venv

# The environment is made from the lock files alone: every package, also those that build others, has its hash there.
.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements/build.txt requirements/run.txt pyproject.toml
	$(PIP) --require-hashes -r requirements/build.txt
	$(PIP) --require-hashes --no-build-isolation -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/vision: .venv/run requirements/vision.txt
	$(PIP) --require-hashes --no-build-isolation -r requirements/vision.txt
	@touch $@

.venv/dev: .venv/vision requirements/dev.txt
	$(PIP) --require-hashes --no-build-isolation -r requirements/dev.txt
	@touch $@

.venv/bench: .venv/dev requirements/bench.txt
	$(PIP) --require-hashes --no-build-isolation -r requirements/bench.txt
	@touch $@
