# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
INQUIRY_HOME ?= var
export INQUIRY_HOME
export RASA_TELEMETRY_ENABLED = false
# Compiled files are kept, whatever the shell says: compiling all tests anew is a third of `check`.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help run setup demo test check lint format bench lock screenshots docs clean \
        service-env encoder-env ocr bot-env browser model index bot

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | sort | expand -t 16

run: setup ## set up what is missing, then start service and bot on http://127.0.0.1:8000
	@$(BIN)/inquiry-service up

demo: setup ## the same with demonstration cases, in a home folder of its own
	@INQUIRY_HOME=$(INQUIRY_HOME)/demo INQUIRY_INDEX=$(INQUIRY_HOME)/index INQUIRY_MODELS=$(INQUIRY_HOME)/models \
	  $(BIN)/inquiry-service demo
	@INQUIRY_HOME=$(INQUIRY_HOME)/demo INQUIRY_INDEX=$(INQUIRY_HOME)/index INQUIRY_MODELS=$(INQUIRY_HOME)/models \
	  INQUIRY_BOT_MODEL=$(INQUIRY_HOME)/bot/model.tar.gz $(BIN)/inquiry-service up

setup: service-env encoder-env bot-env model index bot ## everything `run` prepares, without starting
	@echo "ready"

service-env:
	@echo "[1/6] service environment"; $(PYTHON) scripts/environments.py service
encoder-env: service-env
	@echo "[2/6] encoder libraries"; $(PYTHON) scripts/environments.py encoder
ocr: service-env ## adds the reading of scanned pages and pictures
	@$(PYTHON) scripts/environments.py ocr
bot-env: service-env
	@echo "[3/6] bot environment"; $(PYTHON) scripts/environments.py bot
model: encoder-env
	@echo "[4/6] encoder model"; $(BIN)/inquiry-service encoder prepare
index: model
	@echo "[5/6] knowledge index"; $(BIN)/inquiry-service knowledge build
bot: bot-env
	@echo "[6/6] bot model"; bot/.venv/bin/python bot/training.py --home $(INQUIRY_HOME)

test: setup ocr browser check ## all tests, with the real encoder, Rasa and a browser
	$(BIN)/pytest -q -n auto -m "thorough"
	$(BIN)/pytest -q -m "encoder or rasa or browser or ocr"

check: lint ## lint, types, import contract and fast tests: no torch, no Rasa
	$(BIN)/pytest -q -n auto -m "not encoder and not rasa and not browser and not ocr and not thorough"

lint: service-env ## ruff, mypy, import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: service-env ## let ruff rewrite the code
	$(BIN)/ruff check --fix-only . ; $(BIN)/ruff format .

browser: service-env
	@$(PYTHON) scripts/environments.py browser

bench: setup ## latency, building, large indexes and peers, into docs/bench.md; BENCH="--only waiting" for a part
	$(BIN)/python scripts/bench.py $(BENCH)

screenshots: setup browser ## the pictures in docs/
	$(BIN)/python scripts/screenshots.py

docs: service-env ## generated pages and pictures
	$(BIN)/inquiry-service settings --markdown > docs/configuration.md
	$(BIN)/python scripts/architecture_picture.py

lock: service-env ## renew the lock files
	$(BIN)/python scripts/lock.py

clean: ## remove environments, models and index; keeps the database
	rm -rf .venv bot/.venv $(INQUIRY_HOME)/models $(INQUIRY_HOME)/index $(INQUIRY_HOME)/bot
