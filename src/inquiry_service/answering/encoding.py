"""From a passage's text to what is kept of it, by one run of the encoder and one of the words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.encoder import Encoder, EncoderIdentity, Whole
from inquiry_service.answering.kept import Encoded, Shape, name_of
from inquiry_service.answering.late import WIDTH, compress
from inquiry_service.answering.lexical import packed
from inquiry_service.answering.manifest import INDEX_FORMAT
from inquiry_service.answering.quoting import sentence_spans
from inquiry_service.answering.tokens import BIGRAM_MARK, terms
from inquiry_service.answering.vectors import Vectors, key_of
from inquiry_service.knowledge.document import Passage, Provenance

_SPECIMEN = "第三十二条　收到2017年的申请5件，其中（一）予以公开3件；不予公开2件。\n| 粮食 | 收购 |"


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
    wholes = encoder.encode_passages_whole([one.text for one in inputs])
    for one, whole in zip(inputs, wholes, strict=True):
        found = terms(one.text)
        yield (
            Encoded(
                key=one.key,
                vector=whole.vector,
                sentences=sentence_vectors(one, whole),
                tokens=compress(whole.tokens),
                terms=packed(found),
            ),
            [term for term in found if term[-1] != BIGRAM_MARK],
        )


def sentence_vectors(one: Input, whole: Whole) -> NDArray[np.float16]:
    """The mean of the tokens of each sentence, at length 1; none for a lone sentence.

    A sentence behind the end of what the encoder reads is as near as its passage.
    """
    spans = sentence_spans(one.text[one.begins :])
    if len(spans) < 2:  # noqa: PLR2004
        return np.zeros((0, len(whole.vector)), np.float16)
    rows = [_mean(whole, start + one.begins, end + one.begins) for start, end in spans]
    return np.stack(rows).astype(np.float16)


def _mean(whole: Whole, start: int, end: int) -> Vectors:
    inside = (whole.spans[:, 0] < end) & (whole.spans[:, 1] > start)
    if not inside.any():
        return whole.vector
    mean = whole.tokens[inside].mean(axis=0)
    unit: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-12)
    return unit
