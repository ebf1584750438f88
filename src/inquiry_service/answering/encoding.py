"""From a passage's text to what is kept of it: its vector, its sentences', its words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inquiry_service.answering.encoder import Encoder, EncoderIdentity
from inquiry_service.answering.kept import Encoded, name_of
from inquiry_service.answering.lexical import packed
from inquiry_service.answering.manifest import INDEX_FORMAT
from inquiry_service.answering.stretches import sentence_spans
from inquiry_service.answering.tokens import BIGRAM_MARK, terms
from inquiry_service.answering.vectors import key_of
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
    return name_of(INDEX_FORMAT, identity, sentence_spans(_SPECIMEN), terms(_SPECIMEN))


def encode(inputs: Sequence[Input], encoder: Encoder) -> tuple[list[Encoded], set[str]]:
    """What is kept of each passage, in the order given, and the words that stand in them.

    Each sentence of a passage with several is read by itself: among its neighbours a sentence
    takes on what they say, and the right one is told less well from the others
    (docs/decisions/0003-retrieval.md).
    """
    sentences = [_sentences(one) for one in inputs]
    texts = [one.text for one in inputs] + [text for some in sentences for text in some]
    vectors = encoder.encode_passages(texts)
    of_sentences = vectors[len(inputs) :].astype(np.float16)
    groups = np.split(of_sentences, np.cumsum([len(some) for some in sentences])[:-1])
    found = [terms(one.text) for one in inputs]
    kept = [
        Encoded(one.key, vector, rows, packed(counted))
        for one, vector, rows, counted in zip(inputs, vectors, groups, found, strict=False)
    ]
    return kept, {term for some in found for term in some if term[-1] != BIGRAM_MARK}


def _sentences(one: Input) -> list[str]:
    said = one.text[one.begins :]
    spans = sentence_spans(said)
    return [said[start:end] for start, end in spans] if len(spans) > 1 else []
