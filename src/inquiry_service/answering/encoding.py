"""From a passage's text to what is kept of it: its vector, its sentences', its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.encoder import Encoder, EncoderIdentity
from inquiry_service.answering.kept import Encoded, Shape, name_of
from inquiry_service.answering.late import WIDTH, compress
from inquiry_service.answering.lexical import packed
from inquiry_service.answering.manifest import INDEX_FORMAT
from inquiry_service.answering.quoting import sentence_spans
from inquiry_service.answering.tokens import BIGRAM_MARK, terms
from inquiry_service.answering.vectors import key_of
from inquiry_service.knowledge.document import Passage, Provenance

_SPECIMEN = "第三十二条　收到2017年的申请5件，其中（一）予以公开3件；不予公开2件。\n| 粮食 | 收购 |"

_TOGETHER = 64
"""Passages whose sentences are encoded at once."""


@dataclass(frozen=True, slots=True)
class Input:
    """What is read of a passage: where it stands, then from `begins` on what it says."""

    text: str
    begins: int
    key: bytes
    """Names what is kept of it."""


def input_of(provenance: Provenance, passage: Passage) -> Input:
    """The title and the path, which say what a passage is about, stand before its text."""
    places = [provenance.title, *(part for part in passage.path if part != provenance.title)]
    head = " > ".join(places) + "\n"
    text = head + passage.text
    return Input(text, len(head), key_of(f"{len(head)}\x00{text}"))


def recipe_of(identity: EncoderIdentity) -> str:
    """Names the way of encoding: what was made in another way is not taken over, nor opened."""
    wave = np.arange(4 * identity.dimension, dtype=np.float32) % 7 - 3
    rows = compress(wave.reshape(4, -1))
    return name_of(
        INDEX_FORMAT, identity, sentence_spans(_SPECIMEN), terms(_SPECIMEN), rows.tobytes()
    )


def shape_of(encoder: Encoder) -> Shape:
    return Shape(encoder.identity.dimension, WIDTH)


def encode(inputs: Sequence[Input], encoder: Encoder) -> Iterator[tuple[Encoded, list[str]]]:
    """What is kept of each passage, and its words, in the order given."""
    for start in range(0, len(inputs), _TOGETHER):
        some = inputs[start : start + _TOGETHER]
        wholes = encoder.encode_passages_whole([one.text for one in some])
        sentences = sentence_vectors(some, encoder)
        for one, whole, rows in zip(some, wholes, sentences, strict=True):
            found = terms(one.text)
            yield (
                Encoded(
                    key=one.key,
                    vector=whole.vector,
                    sentences=rows,
                    tokens=compress(whole.tokens),
                    terms=packed(found),
                ),
                [term for term in found if term[-1] != BIGRAM_MARK],
            )


def sentence_vectors(inputs: Sequence[Input], encoder: Encoder) -> list[NDArray[np.float16]]:
    """For each passage a vector of every sentence; none for a lone one, which its passage tells.

    Each is read by itself: among its neighbours a sentence takes on what they say, and the right
    one is told less well from the others (docs/decisions/0003-retrieval.md).
    """
    texts = [_sentences(one) for one in inputs]
    rows = encoder.encode_passages([text for some in texts for text in some]).astype(np.float16)
    return np.split(rows, np.cumsum([len(some) for some in texts])[:-1])


def _sentences(one: Input) -> list[str]:
    said = one.text[one.begins :]
    spans = sentence_spans(said)
    return [said[start:end] for start, end in spans] if len(spans) > 1 else []
