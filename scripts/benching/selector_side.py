"""Rasa's ResponseSelector on question cards, run by `peers.py` in the bot's environment.

    python selector_side.py OUT SET

SET is a folder with `cards.jsonl` (`_id` and `questions`: how people ask for a document) and
`asked.jsonl`. It knows nothing else of the documents, because it chooses among prepared responses
and reads no text.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

DEEP = 10
# Its usual 300 epochs would take longer than the rest of the bench together; after these 20 it
# chooses right for 96 of 100 of the questions it learns from.
_CONFIG = """
recipe: default.v1
language: zh
pipeline:
  - name: JiebaTokenizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: ResponseSelector
    retrieval_intent: card
    epochs: 20
    ranking_length: 10
"""


def main() -> None:
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    out, folder_of_set = (Path(name) for name in sys.argv[1:])
    listed = [card for card in _lines(folder_of_set / "cards.jsonl") if len(card["questions"]) > 1]
    names = {str(row): card["_id"] for row, card in enumerate(listed)}
    with tempfile.TemporaryDirectory() as folder:
        config, nlu, domain = (Path(folder, f"{name}.yml") for name in ("config", "nlu", "domain"))
        config.write_text(_CONFIG, encoding="utf-8")
        nlu.write_text(_examples(listed), encoding="utf-8")
        domain.write_text(_responses(listed), encoding="utf-8")
        began = time.perf_counter()
        model = train_nlu(str(config), str(nlu), folder, domain=str(domain))
        agent = Agent.load(model)
        indexing = time.perf_counter() - began
    seconds, found, scores = {}, {}, {}
    asked = _lines(folder_of_set / "asked.jsonl")
    for entry in [*asked[:5], *asked]:
        began = time.perf_counter()
        parsed = asyncio.run(agent.parse_message(entry["text"]))
        seconds[entry["_id"]] = time.perf_counter() - began
        ranking = parsed["response_selector"]["card"]["ranking"][:DEEP]
        found[entry["_id"]] = [names[one["intent_response_key"].split("/")[1]] for one in ranking]
        scores[entry["_id"]] = ranking[0]["confidence"] if ranking else None
    one = {"indexing": indexing, "seconds": seconds, "found": found, "scores": scores}
    sets = {folder_of_set.name: one | {"encoding": 0.0}}
    told = {"version": version("rasa"), "sets": sets, "megabytes": _resident()}
    out.write_text(json.dumps(told), encoding="utf-8")


def _examples(cards: list[dict[str, Any]]) -> str:
    """Every card is an intent of its own, below the retrieval intent."""
    lines = ['version: "3.1"', "nlu:"]
    for row, card in enumerate(cards):
        lines += [f"- intent: card/{row}", "  examples: |"]
        lines += [f"    - {text}" for text in card["questions"]]
    return "\n".join(lines) + "\n"


def _responses(cards: list[dict[str, Any]]) -> str:
    lines = ['version: "3.1"', "intents:", "- card", "responses:"]
    for row, card in enumerate(cards):
        lines += [f"  utter_card/{row}:", f"  - text: {json.dumps(card['_id'])}"]
    return "\n".join(lines) + "\n"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _resident() -> float:
    status = Path(f"/proc/{os.getpid()}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
