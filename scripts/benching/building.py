"""Building the index beside the bare encoder on the same texts, again, and after a kill."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benching import encoding
from benching.figures import say
from benching.told import Told
from inquiry_service.answering.building import BuildReport, build_index
from inquiry_service.answering.content import Content
from inquiry_service.answering.encoder import Encoder
from inquiry_service.bootstrap.engine import encoder
from inquiry_service.knowledge.glossary import load_glossary
from inquiry_service.knowledge.library import Library, load_library
from inquiry_service.knowledge.synonyms import Glossary
from inquiry_service.settings import Settings

_GROUP = "Building our own library's index"
_SHARE_BEFORE_KILL = 0.5


def told(settings: Settings) -> Told:
    """A build also embeds the questions that documents name, so the bare encoder does too."""
    library = load_library(settings.knowledge_folders)
    glossary = load_glossary(settings.knowledge_folders[0] / "glossary.yaml")
    model = encoder(settings)
    told = Told()
    with tempfile.TemporaryDirectory() as folder:
        bare = _beside_the_encoder(told, library, glossary, model, Path(folder) / "index")
        _after_a_kill(told, library, glossary, model, Path(folder) / "killed", bare)
    return told


def _beside_the_encoder(
    told: Told, library: Library, glossary: Glossary, model: Encoder, index: Path
) -> float:
    content = Content.of(tuple(library.documents), library.digest, glossary)
    texts = [one.text for one in content.inputs]
    questions = content.questions
    say(f"building: the bare encoder, {len(texts)} passages and {len(questions)} questions")
    bare, bare_processor = encoding.texts(model, texts, questions)
    what = f"the bare encoder, {len(texts)} passages and {len(questions)} questions"
    told.line("building", what, f"{bare:.1f} s", f"{bare_processor:.1f} s", "1")
    told.bar(_GROUP, "the bare encoder", bare, f"{bare:.1f} s")
    say("building: the index")
    began, spent = time.perf_counter(), time.process_time()
    build_index(library, model, index, glossary=glossary)
    whole, processor = time.perf_counter() - began, time.process_time() - spent
    ratio = f"{whole / bare:.2f}"
    told.line("building", "the build", f"{whole:.1f} s", f"{processor:.1f} s", ratio)
    told.bar(_GROUP, "the build", whole, f"{whole:.1f} s", ours=True)
    again, _ = _timed(library, glossary, model, index)
    told.line("building", "the same again, nothing changed", f"{again:.2f} s")
    return bare


def _after_a_kill(
    told: Told, library: Library, glossary: Glossary, model: Encoder, index: Path, bare: float
) -> None:
    say("building: killing a build in the middle and going on")
    total = sum(len(document.passages) for document in library.documents)
    lost = _killed(index, int(total * _SHARE_BEFORE_KILL))
    seconds, report = _timed(library, glossary, model, index)
    what = (
        f"a build killed (-9) after {lost:.1f} s, gone on with:"
        f" {report.reused} of {report.passages} passages were kept"
    )
    told.line("building", what, f"{seconds:.1f} s", "", f"{seconds / bare:.2f}")


def _killed(index: Path, passages: int) -> float:
    """Seconds that a build had when so many passages were on disk, and it was killed."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "inquiry_service", "knowledge", "build", "--index", str(index)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as build:
        while build.poll() is None and _on_disk(index) < passages:
            time.sleep(0.02)
        build.kill()
    return time.perf_counter() - began


def _on_disk(index: Path) -> int:
    """A key has 16 bytes."""
    return sum(path.stat().st_size for path in index.glob("unfinished/*/keys")) // 16


def _timed(
    library: Library, glossary: Glossary, model: Encoder, index: Path
) -> tuple[float, BuildReport]:
    began = time.perf_counter()
    report = build_index(library, model, index, glossary=glossary)
    return time.perf_counter() - began, report
