"""10,000 documents on disk: building, opening, and building again when one of them changed."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benching import drawn
from benching.figures import say
from benching.told import Told
from inquiry_service.answering.building import build_index
from inquiry_service.knowledge.library import Library, load_library

DOCUMENTS, PASSAGES_EACH = 10_000, 10
_GROUP = "10,000 documents with 100,000 passages"


def told(documents: int = DOCUMENTS) -> Told:
    told, encoder = Told(), drawn.DrawnEncoder()
    with tempfile.TemporaryDirectory() as folder:
        source, index = Path(folder) / "documents", Path(folder) / "index"
        say(f"changing: writing {documents:,} documents")
        for number in range(documents):
            drawn.write(source, number, PASSAGES_EACH)
        say("changing: reading them and building")
        library, reading = _read(source)
        first, _ = _built(library, encoder, index)
        told.line("changing", "reading all documents", f"{reading:.1f} s")
        told.line("changing", "building, the encoder's own work left out", f"{first:.0f} s")
        del library
        _opening(told, index)
        drawn.write(source, documents // 2, PASSAGES_EACH, "（修改）")
        say("changing: one document changed, reading and building again")
        library, reading = _read(source)
        again, encoded = _built(library, encoder, index)
        told.line("changing", "one document changed: reading all again", f"{reading:.1f} s")
        what = f"one document changed: the index, {encoded} passages encoded"
        told.line("changing", what, f"{again:.1f} s")
        unchanged, _ = _built(library, encoder, index)
        told.line("changing", "nothing changed: the index", f"{unchanged:.1f} s")
        told.bar(
            _GROUP, "one document changed", reading + again, f"{reading + again:.1f} s", ours=True
        )
    return told


def _opening(told: Told, index: Path) -> None:
    say("changing: opening the index")
    command = [sys.executable, "-m", "benching.opened", str(index)]
    home = Path(__file__).parent.parent
    done = subprocess.run(command, cwd=home, env=_env(), capture_output=True, text=True, check=True)
    opened = json.loads(done.stdout)
    first, memory = f"{opened['first']:.2f} s", f"{opened['megabytes']:.0f} MB"
    told.line("changing", "opening the index, in a fresh process", first, memory)
    told.line("changing", "opening it again", f"{opened['again']:.2f} s")
    told.bar(_GROUP, "opening", opened["first"], first, ours=True)


def _env() -> dict[str, str]:
    """The same modules for a process that starts in another folder."""
    folders = [str(Path(one).resolve()) for one in sys.path if one]
    return os.environ | {"PYTHONPATH": os.pathsep.join(folders)}


def _read(source: Path) -> tuple[Library, float]:
    began = time.perf_counter()
    library = load_library([source])
    return library, time.perf_counter() - began


def _built(library: Library, encoder: drawn.DrawnEncoder, index: Path) -> tuple[float, int]:
    began = time.perf_counter()
    report = build_index(library, encoder, index)
    return time.perf_counter() - began, report.encoded
