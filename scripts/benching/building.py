"""Building the index beside the bare encoder on the same texts."""

import time
from pathlib import Path

from benching import encoding
from benching.figures import table
from inquiry_service.answering.building import build_index
from inquiry_service.answering.encoder import Encoder
from inquiry_service.answering.encoding import input_of
from inquiry_service.knowledge.library import Library
from inquiry_service.knowledge.synonyms import Glossary


def page(library: Library, glossary: Glossary, model: Encoder, index: Path) -> list[str]:
    """A build also embeds the questions that documents name, so the bare encoder does too."""
    pairs = [(document, one) for document in library.documents for one in document.passages]
    texts = [input_of(document.provenance, one).text for document, one in pairs]
    questions = [text for document in library.documents for text in document.provenance.questions]
    bare, bare_processor = encoding.texts(model, texts, questions)
    began, spent = time.perf_counter(), time.process_time()
    build_index(library, model, index, glossary=glossary)
    whole, processor = time.perf_counter() - began, time.process_time() - spent
    began = time.perf_counter()
    build_index(library, model, index, glossary=glossary)
    again = time.perf_counter() - began
    rows = [
        ("the bare encoder", f"{bare:.1f} s", f"{bare_processor:.1f} s", "1"),
        ("the build", f"{whole:.1f} s", f"{processor:.1f} s", f"{processor / bare_processor:.2f}"),
        ("the same again, nothing changed", f"{again:.2f} s", "", ""),
    ]
    return [
        "\n## Building\n",
        f"{len(texts)} passages and {len(questions)} questions of documents.\n",
        *table(("what", "takes", "processor time", "of the bare encoder's"), rows),
    ]
