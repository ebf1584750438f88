"""Measures what people wait for, on this machine; run by `make bench`.

    python scripts/bench.py [--only waiting,building,size,peers] [--sizes 100000,1000000]
                            [--dataset DIRECTORY] [--questions N] [--write]

Everything is measured in the same run beside the bare encoder: building, questions and whole turns
through a real service and a real Rasa on free ports, large indexes, and peers in an environment of
their own. Prints one Markdown page; `--write` puts it into docs/bench.md with its picture.
"""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benching import building, peers, picture, questions, sizes, waiting
from benching.figures import machine, say

from inquiry_service.bootstrap.engine import encoder, model_folder
from inquiry_service.knowledge.glossary import Glossary, load_glossary
from inquiry_service.knowledge.library import load_library
from inquiry_service.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PAGE, PICTURE = ROOT / "docs" / "bench.md", ROOT / "docs" / "images" / "bench.svg"
OWN_QUESTIONS = ROOT / "knowledge" / "evaluation" / "questions.yaml"
PARTS = ("building", "waiting", "size", "peers")
_NOT_INSTALLED = "The peers could not be installed here, so there is no comparison in this run."

Group = tuple[str, list[picture.Bar]]


class Bench:
    """One run: the lines of its page, and the groups of its picture."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.settings = Settings.load()
        self.library = load_library(self.settings.knowledge_folders)
        self.glossary = load_glossary(self.settings.knowledge_folders[0] / "glossary.yaml")
        self.model = encoder(self.settings)
        self.lines = ["# Bench\n", machine() + "."]
        self.groups: list[Group] = []

    def building(self, index: Path) -> None:
        say("building an index")
        self.lines += building.page(self.library, self.glossary, self.model, index)

    def waiting(self, home: Path, index: Path) -> None:
        say("asking the whole house")
        asked = list(questions.own(OWN_QUESTIONS, self.library).questions.values())
        lines, bare, answers = waiting.page(self.settings, self.model, asked, home, index)
        self.lines += lines
        bars: list[picture.Bar] = [
            ("the bare encoder", bare, f"{bare:.1f} ms", False),
            ("POST /api/v1/answers", answers, f"{answers:.1f} ms", True),
        ]
        self.groups.append(("One question, median", bars))

    def size(self) -> None:
        counts = [int(count) for count in self.options.sizes.split(",")]
        lines, found = sizes.page(counts)
        self.lines += lines
        bars: list[picture.Bar] = [
            (
                f"{one.count:,} vectors",
                one.late,
                f"{one.late:.1f} ms, recall {one.recall:.3f}",
                True,
            )
            for one in found
        ]
        self.groups.append(("Nearest ten of many, p95", bars))

    def peers(self) -> None:
        judged = self._judged()
        say(f"our own finding on {judged.name}")
        glossary = Glossary() if self.options.dataset else self.glossary
        finders = [peers.ours(judged, self.model, glossary, datetime.now(UTC).date())]
        python = peers.environment(self.settings.home / "bench-env")
        finders += peers.theirs(judged, python, model_folder(self.settings).resolve())
        self.lines += peers.page(judged, finders, "" if python else _NOT_INSTALLED)
        there = [one for one in finders if not one.note]
        for title, figure, told in (
            (f"Right document first, {judged.name}", "hit", "{:.3f}"),
            ("One question to documents, median", "median", "{:.0f} ms"),
        ):
            values = [(one.name.strip("*"), float(getattr(one, figure))) for one in there]
            bars: list[picture.Bar] = [
                (name, value, told.format(value), not row)
                for row, (name, value) in enumerate(values)
            ]
            self.groups.append((title, bars))

    def _judged(self) -> questions.Judged:
        if self.options.dataset:
            return questions.of_dataset(Path(self.options.dataset), self.options.questions)
        return questions.own(OWN_QUESTIONS, self.library)


def run(options: argparse.Namespace) -> Bench:
    bench = Bench(options)
    parts = options.only.split(",")
    with tempfile.TemporaryDirectory() as folder:
        home, index = Path(folder), Path(folder) / "index"
        if {"building", "waiting"} & set(parts):
            bench.building(index)
        if "waiting" in parts:
            bench.waiting(home, index)
    if "size" in parts:
        bench.size()
    if "peers" in parts:
        bench.peers()
    return bench


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas between them")
    parser.add_argument("--sizes", default="100000,1000000", help="how many vectors to search")
    parser.add_argument("--dataset", default="", help="a folder in BEIR layout for the peers")
    parser.add_argument("--questions", type=int, default=300, help="how many of its questions")
    parser.add_argument("--write", action="store_true", help="into docs/bench.md with a picture")
    options = parser.parse_args()
    if unknown := set(options.only.split(",")) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    bench = run(options)
    page = "\n".join(bench.lines) + "\n"
    if options.write:
        picture.draw(bench.groups, PICTURE)
        heading, rest = page.split("\n\n", 1)
        PAGE.write_text(f"{heading}\n\n![Bench](images/bench.svg)\n\n{rest}", encoding="utf-8")
        say(f"written: {PAGE.relative_to(ROOT)}, {PICTURE.relative_to(ROOT)}")
    sys.stdout.write(page)


if __name__ == "__main__":
    main()
