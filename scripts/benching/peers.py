"""The peers: other open software that finds documents, on this machine in the same run.

They are installed into an environment of their own at the first run. Where that cannot be done the
bench says so and goes on. Each gets the same encoder and the same documents and keeps its own
defaults otherwise.
"""

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benching.figures import one_by_one, resident_megabytes, say, table
from benching.questions import Judged, hit_and_rank
from inquiry_service.answering.asking import AnswerEngine, examine
from inquiry_service.answering.building import build_index
from inquiry_service.answering.encoder import Encoder
from inquiry_service.knowledge.synonyms import Glossary

ROOT = Path(__file__).resolve().parent.parent.parent
REQUIREMENTS = ROOT / "requirements" / "bench.txt"
SIDE = Path(__file__).with_name("peer_side.py")
SELECTOR = Path(__file__).with_name("selector_side.py")
BOT = ROOT / "bot" / ".venv" / "bin" / "python"
NAMES = {
    "txtai": "txtai, hybrid",
    "haystack-bm25": "Haystack, BM25 in memory",
    "haystack-hybrid": "Haystack, hybrid in memory",
    "llama-index": "LlamaIndex, FAISS and BM25",
    "langchain": "LangChain, FAISS",
}
PATIENCE = 3600
_CLOSED = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "CUDA_VISIBLE_DEVICES": "",
    "DO_NOT_TRACK": "1",
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "ANONYMIZED_TELEMETRY": "False",
    "TOKENIZERS_PARALLELISM": "false",
}


@dataclass(frozen=True)
class Finder:
    """What one of them took and found."""

    name: str
    indexing: float
    median: float
    late: float
    hit: float
    rank: float
    megabytes: float
    note: str = ""


def environment(folder: Path) -> Path | None:
    """The interpreter of the peers' environment, made when it is not there; None when it fails."""
    python = folder / "bin" / "python"
    stamp = folder / ".done"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    say("installing the peers (once)")
    make = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(folder)]
    install = [
        "-m",
        "uv",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--link-mode",
        "copy",
        "--python",
        str(python),
    ]
    if subprocess.run(make, check=False).returncode:
        return None
    # PyTorch and the like are large and there already: the service's are used.
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "lib" / version / "site-packages"
    (packages / "service.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    command = [sys.executable, *install, "-r", str(REQUIREMENTS)]
    if subprocess.run(command, check=False).returncode:
        return None
    stamp.write_text(wanted, encoding="utf-8")
    return python


def ours(judged: Judged, model: Encoder, glossary: Glossary, today: date) -> Finder:
    """Our own way from question to documents; judging them is in the time, quoting too."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        build_index(judged.library, model, Path(folder), glossary=glossary)
        indexing = time.perf_counter() - began
        engine = AnswerEngine.open(Path(folder), model)
        found: dict[str, list[str]] = {}

        def find(name: str) -> None:
            candidates = examine(engine, judged.questions[name], today=today).retrieved.found
            owners = dict.fromkeys(one.owner for one in candidates)
            found[name] = [engine.index.documents[owner].document_id for owner in owners]

        for name in list(judged.questions)[:5]:
            find(name)
        times = one_by_one(find, judged.questions)
    return Finder(
        "**inquiry-service**",
        indexing,
        times.median,
        times.late,
        *hit_and_rank(judged, found),
        resident_megabytes(),
    )


def theirs(judged: Judged, python: Path | None, model: Path) -> list[Finder]:
    """Those that can run here; Rasa runs in the bot's environment, which is there anyway."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, cards, asked = map(str, judged.write(Path(folder)))
        out = Path(folder) / "out.json"
        finders = []
        for name in NAMES if python else ():
            command = [str(python), str(SIDE), name, str(model), corpus, asked, str(out)]
            finders.append(_run(NAMES[name], judged, command, out))
        if BOT.exists() and any(one.provenance.questions for one in judged.library.documents):
            command = [str(BOT), "-W", "ignore", str(SELECTOR), cards, asked, str(out)]
            finders.append(_run("Rasa ResponseSelector on question cards", judged, command, out))
        return finders


def _run(name: str, judged: Judged, command: list[str], out: Path) -> Finder:
    say(f"{name}: indexing and asking")
    out.unlink(missing_ok=True)
    try:
        done = subprocess.run(
            command,
            env=os.environ | _CLOSED,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return _absent(name, f"not done in {PATIENCE} s")
    if not out.exists():
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        return _absent(name, f"failed: {last[:120]}")
    told = json.loads(out.read_text(encoding="utf-8"))
    milliseconds = sorted(one * 1000 for one in told["seconds"])
    return Finder(
        f"{name} {told['version']}",
        told["indexing"],
        milliseconds[len(milliseconds) // 2],
        milliseconds[int(len(milliseconds) * 0.95)],
        *hit_and_rank(judged, told["found"]),
        told["megabytes"],
    )


def _absent(name: str, note: str) -> Finder:
    return Finder(name, 0, 0, 0, 0, 0, 0, note)


def page(judged: Judged, finders: list[Finder], missing: str) -> list[str]:
    documents, asked = len(judged.library.documents), len(judged.questions)
    lines = ["\n## Beside peers\n", f"{judged.name}: {documents} documents, {asked} questions.", ""]
    lines += table(
        ("finder", "indexing", "question p50", "p95", "hit@1", "MRR@10", "memory"),
        (
            (
                one.name,
                f"{one.indexing:.1f} s",
                f"{one.median:.1f} ms",
                f"{one.late:.1f} ms",
                f"{one.hit:.3f}",
                f"{one.rank:.3f}",
                f"{one.megabytes:.0f} MB",
            )
            if not one.note
            else (one.name, one.note, "", "", "", "", "")
            for one in finders
        ),
    )
    return [*lines, *([f"\n{missing}"] if missing else [])]
