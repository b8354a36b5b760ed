# Two commands are enough: `make run` to chat, `make test` to test. The rest is for those who change things.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test long check lint bench simulate simulate-life lock knowledge clean

run: $(VENV)/run.stamp knowledge
	@$(BIN)/lssc chat

test: $(VENV)/dev.stamp knowledge
	@$(BIN)/pytest -n 4 --dist worksteal -m "not long and not alone"
	@$(BIN)/pytest -m alone  # what looks at the clock, when nothing else runs

check: lint test

long: $(VENV)/dev.stamp knowledge  ## what takes minutes, such as a hundred kills under load
	@$(BIN)/pytest -m long
	@KILLS=100 $(BIN)/pytest tests/bot/slack/test_slack_kills.py tests/bot/test_reminding_with_kills.py

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/dev.stamp knowledge
	$(BIN)/python -m tests.bench $(CORPUS)

simulate: $(VENV)/dev.stamp  ## two years of reviews in minutes; fails where one of its targets is missed
	@$(BIN)/python -m tests.simulation $(ARGS)

simulate-life: $(VENV)/dev.stamp  ## five years of people and their reminders as diaries; fails where a reminder is at fault
	@$(BIN)/python -m tests.life $(ARGS)

knowledge:  ## encode and fit the knowledge base once; a second call takes no time
	@$(BIN)/lssc faq build

lock: $(VENV)/dev.stamp  ## after a change of the dependencies in pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev pyproject.toml requirements/build.in -o requirements/dev.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -c requirements/dev.txt pyproject.toml requirements/build.in -o requirements/run.txt

$(VENV)/bin/python:
	@PYTHON="$(PYTHON)" sh requirements/venv.sh $(VENV)

$(VENV)/run.stamp: $(VENV)/bin/python requirements/run.txt pyproject.toml
	@sh requirements/install.sh $(VENV) run

$(VENV)/dev.stamp: $(VENV)/bin/python requirements/dev.txt pyproject.toml
	@sh requirements/install.sh $(VENV) dev

clean:
	rm -rf $(VENV)
