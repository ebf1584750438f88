"""Measures what people wait for, on this machine; run by `make bench`.

    python scripts/bench.py [--only waiting,building,changing,vectors,peers] [--datasets FOLDER]
                            [--documents N] [--questions N] [--out FOLDER]

Everything is measured beside the bare encoder and beside other open software, in one run. Each part
runs in a process of its own and its figures are kept, so one that breaks can be run again alone.
Writes bench.md and images/bench.svg into the folder `docs`, from all parts measured so far.
"""

import argparse
import shlex
import subprocess
import sys
import time
from pathlib import Path

from benching import page, picture
from benching.figures import machine, say
from benching.parts import GROUPS, NAMES, Part, Task, named
from benching.told import Kept, keep, kept_of, load, minute

from inquiry_service.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
BESIDE = ROOT.parent / "shared" / "data"
PATIENCE = 20 * 60
"""Seconds after which a part is given up."""


def main() -> None:
    options = _options()
    kept = Settings.load().home / "bench"
    if options.measure:
        _measure(named(options.measure)[0], options, kept)
        return
    failed = _run_all(named(options.only), kept)
    found = [one for name in NAMES if (one := kept_of(kept, name))]
    text = page.page(found, failed)
    sys.stdout.write(text)
    if found:
        (options.out / "images").mkdir(parents=True, exist_ok=True)
        picture.draw(
            [bar for one in found for bar in one.told.bars], options.out / "images/bench.svg"
        )
        (options.out / "bench.md").write_text(text, encoding="utf-8")
        say(f"written: {options.out}/bench.md, {options.out}/images/bench.svg")
    for name, why in failed.items():
        say(f'{name} failed: {why}; again with make bench BENCH="--only {name}"')
    raise SystemExit(bool(failed))


def _options() -> argparse.Namespace:
    names = ", ".join((*NAMES, *GROUPS))
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default=",".join(NAMES), help=f"some of: {names}")
    parser.add_argument("--datasets", type=Path, help="folder of question sets in BEIR layout")
    parser.add_argument("--documents", type=int, default=400, help="at most, of a set")
    parser.add_argument("--questions", type=int, default=150, help="at most, of a set and kind")
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="where the page goes")
    parser.add_argument("--measure", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.datasets is None and BESIDE.is_dir():
        options.datasets = BESIDE
    elif options.datasets is not None and not options.datasets.is_dir():
        parser.error(f"no such folder: {options.datasets}")
    try:
        named(options.only)
    except KeyError as fault:
        parser.error(f"no such part: {fault.args[0]}; there are {names}")
    return options


def _run_all(parts: list[Part], kept: Path) -> dict[str, str]:
    """Part after part, each with what is left to wait for; returns what failed and why."""
    minutes = {part.name: _minutes(part, kept) for part in parts}
    failed: dict[str, str] = {}
    for number, part in enumerate(parts, 1):
        left = sum(minutes[one.name] for one in parts[number - 1 :])
        say(
            f"[{number}/{len(parts)}] {part.name}: about {minutes[part.name]:.1f} min;"
            f" all that is left about {left:.0f} min"
        )
        if why := _in_own_process(part):
            failed[part.name] = why
            say(f"{part.name}: {why}")
    return failed


def _minutes(part: Part, kept: Path) -> float:
    before = kept_of(kept, part.name)
    return before.seconds / 60 if before else part.minutes


def _in_own_process(part: Part) -> str:
    """Empty, or why it did not end well. What a part holds in memory ends with it."""
    command = [sys.executable, __file__, *sys.argv[1:], "--measure", part.name]
    try:
        done = subprocess.run(command, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return f"not done within {PATIENCE // 60} min"
    return "" if done.returncode == 0 else f"ended with code {done.returncode}, see above"


def _measure(part: Part, options: argparse.Namespace, kept: Path) -> None:
    scratch = kept / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    task = Task(Settings.load(), options.datasets, scratch, options.documents, options.questions)
    began, at_first = minute(), load()
    started = time.perf_counter()
    told = part.measure(task)
    seconds = time.perf_counter() - started
    keep(kept, Kept(part.name, machine(), _command(part), began, at_first, seconds, told))


def _command(part: Part) -> str:
    """As it would be typed to measure this part again; folders go by their last name."""
    words = ["--only", part.name]
    for name in ("--documents", "--questions"):
        if name in sys.argv:
            words += [name, sys.argv[sys.argv.index(name) + 1]]
    if "--datasets" in sys.argv:
        words += ["--datasets", Path(sys.argv[sys.argv.index("--datasets") + 1]).name]
    return f'make bench BENCH="{shlex.join(words)}"'


if __name__ == "__main__":
    main()
