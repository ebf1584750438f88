"""Score a trained model on phrases it has not seen.

    python bot/tests/score_nlu.py var/bot/model.tar.gz

A question is understood when it reaches `action_answer_question`, so the fallback counts as one.
Prints every phrase that went elsewhere. Exits 1 when fewer than 93 in a hundred arrive.
"""

import asyncio
import logging
import sys
import warnings
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from launcher import prepare_environment

FLOOR = 0.93
HERE = Path(__file__).resolve().parent
LEAVES_THE_FORM = {
    *("cancel", "greet", "goodbye", "thank", "ask_capabilities", "talk_to_person"),
    *("complaint_or_petition", "track_request", "helped", "not_helped"),
}


def phrases(block: str) -> list[str]:
    return [line.removeprefix("- ") for line in block.splitlines()]


def held_out() -> list[tuple[str, str]]:
    groups = read(HERE / "nlu_heldout.yml")["nlu"]
    return [(group["intent"], phrase) for group in groups for phrase in phrases(group["examples"])]


def read(path: Path) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


async def understand(model: Path, texts: list[str]) -> list[dict[str, Any]]:
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    return [await agent.parse_message(text) for text in texts]


def intent_of(found: dict[str, Any]) -> str:
    return str(found["intent"]["name"])


def guess_of(found: dict[str, Any]) -> str:
    best = next(each for each in found["intent_ranking"] if each["name"] != "nlu_fallback")
    return f"{best['name']} {best['confidence']:.2f}"


def score(pairs: list[tuple[str, str]], parsed: list[dict[str, Any]]) -> float:
    right: dict[str, Counter[bool]] = defaultdict(Counter)
    for (wanted, phrase), found in zip(pairs, parsed, strict=True):
        got = intent_of(found).replace("nlu_fallback", "ask_question")
        right[wanted][got == wanted] += 1
        if got != wanted:
            print(f"{wanted:24} -> {intent_of(found):24} ({guess_of(found)})  {phrase}")
    for intent, counts in right.items():
        print(f"{intent:24} {counts[True]:3d} / {counts.total()}")
    arrived = sum(counts[True] for counts in right.values())
    print(f"{'all':24} {arrived:3d} / {len(pairs)} = {arrived / len(pairs):.1%}")
    return arrived / len(pairs)


def score_form(texts: list[str], parsed: list[dict[str, Any]]) -> None:
    lost = [
        pair for pair in zip(texts, parsed, strict=True) if intent_of(pair[1]) in LEAVES_THE_FORM
    ]
    for text, found in lost:
        print(f"leaves the form: {intent_of(found)} {found['intent']['confidence']:.2f}  {text}")
    print(f"{'inside the form':24} {len(texts) - len(lost):3d} / {len(texts)}")


def main() -> int:
    prepare_environment()
    warnings.simplefilter("ignore")
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    pairs = held_out()
    answers = phrases(read(HERE / "form_answers.yml")["inside_the_form"])
    texts = [phrase for _, phrase in pairs]
    parsed = asyncio.run(understand(Path(sys.argv[1]), texts + answers))
    share = score(pairs, parsed[: len(pairs)])
    score_form(answers, parsed[len(pairs) :])
    return 0 if share >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
