"""The peers: other open software that finds documents, on this machine in the same run.

They are installed into an environment of their own at the first run. Where that cannot be done, a
line of the table says so. Each gets the same encoder and the same documents and keeps its own
defaults otherwise.
"""

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benching import questions
from benching.figures import say
from benching.ours import OURS, ours
from benching.questions import Judged
from benching.scored import Scored, line
from benching.told import Told
from inquiry_service.bootstrap.engine import model_folder
from inquiry_service.settings import Settings

__all__ = ["MINUTES", "OURS", "ours", "theirs"]

ROOT = Path(__file__).resolve().parent.parent.parent
REQUIREMENTS = ROOT / "requirements" / "bench.txt"
SIDE = Path(__file__).with_name("peer_side.py")
SELECTOR = Path(__file__).with_name("selector_side.py")
BOT = ROOT / "bot" / ".venv" / "bin" / "python"
RASA = "rasa"
NAMES = {
    "haystack-bm25": "Haystack, BM25 in memory",
    "haystack-hybrid": "Haystack, hybrid in memory",
    "txtai": "txtai, hybrid",
    "llama-index": "LlamaIndex, FAISS",
    "llama-index-hybrid": "LlamaIndex, FAISS and BM25",
    "langchain": "LangChain, FAISS",
    RASA: "Rasa ResponseSelector on question cards, 20 epochs,",
}
MINUTES = {
    "haystack-bm25": 0.5,
    "haystack-hybrid": 4.0,
    "txtai": 1.0,
    "llama-index": 1.0,
    "llama-index-hybrid": 1.0,
    "langchain": 1.0,
    RASA: 2.0,
}
"""The first of those that encode does it for all of them."""
PATIENCE = 18 * 60
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
    "TQDM_DISABLE": "1",
    "PYTHONWARNINGS": "ignore",
}


class Absent(Exception):
    """Why a peer cannot be measured here, in one clause."""


def theirs(
    name: str,
    settings: Settings,
    datasets: Path | None,
    scratch: Path,
    documents: int,
    most: int,
) -> Told:
    """One peer on every set; a line that says why where it cannot be measured."""
    told = Told()
    judged = questions.sets(settings, datasets, documents, most)
    if name == RASA:
        judged, without = judged[:1], judged[1:]
        for one in without:
            told.line(
                "peers",
                one.about,
                NAMES[name],
                "no question cards in this set, and it reads no text",
            )
    try:
        found = _run(name, judged, settings, scratch)
    except Absent as why:
        for one in judged:
            told.line("peers", one.about, NAMES[name], f"not measured: {why}")
        return told
    for one in judged:
        line(told, one, _scored(name, found, found["sets"][one.name]))
    return told


def _run(name: str, judged: Sequence[Judged], settings: Settings, scratch: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        sets = [str(one.write(Path(folder) / one.name)) for one in judged]
        out = Path(folder) / "out.json"
        if name == RASA:
            if not BOT.exists():
                raise Absent("there is no bot environment (make bot-env)")
            command = [str(BOT), "-W", "ignore", str(SELECTOR), str(out), *sets]
        else:
            python = environment(settings.home / "bench-env")
            model = model_folder(settings).resolve()
            vectors = scratch / f"vectors-{model.name}"
            command = [str(python), str(SIDE), name, str(model), str(vectors), str(out), *sets]
        log = Path(folder) / "log"
        _ended(command, log)
        if not out.exists():
            raise Absent(_last_word(log))
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        if missing := [one.name for one in judged if one.name not in found["sets"]]:
            raise Absent(f"broke at {missing[0]}: {_last_word(log)}")
        return found


def _ended(command: list[str], log: Path) -> None:
    """What a peer says is shown only when it fails: they say much."""
    try:
        with log.open("wb") as said:
            subprocess.run(
                command,
                env=os.environ | _CLOSED,
                stdout=said,
                stderr=said,
                check=False,
                timeout=PATIENCE,
            )
    except subprocess.TimeoutExpired:
        raise Absent(f"not done within {PATIENCE // 60} min") from None


def _last_word(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() or ["no word"]
    for each in lines[-15:]:
        say(each)
    return lines[-1][:160]


def _scored(name: str, found: dict[str, Any], one: dict[str, Any]) -> Scored:
    return Scored(
        name=f"{NAMES[name]} {found['version']}",
        found=one["found"],
        scores=one["scores"],
        given={asked: bool(documents) for asked, documents in one["found"].items()},
        seconds=list(one["seconds"].values()),
        encoding=one["encoding"],
        indexing=one["indexing"],
        megabytes=found["megabytes"],
    )


def environment(folder: Path) -> Path:
    """The interpreter of the peers' environment, made when it is not there."""
    python = folder / "bin" / "python"
    stamp = folder / ".done"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    say("installing the peers (once)")
    make = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(folder)]
    if subprocess.run(make, check=False).returncode:
        raise Absent("no environment could be made for it")
    # PyTorch and the like are large and there already: the service's are used.
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "lib" / version / "site-packages"
    (packages / "service.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps"]
    install += ["--link-mode", "copy", "--python", str(python), "-r", str(REQUIREMENTS)]
    if subprocess.run(install, check=False).returncode:
        raise Absent("it could not be installed: the package index did not answer or lacks it")
    stamp.write_text(wanted, encoding="utf-8")
    return python
