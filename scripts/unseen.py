"""A set measured with linear layers that did not see the question: what a new set would get.

`scripts/fit_dense.py` fits the layer on all questions of its sets, and once more for each fold
without it; these, kept in its working folder, turn the encoder's own vectors here.
"""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.datasets import Dataset
from inquiry_service.answering.encoder import Encoder, open_encoder
from inquiry_service.answering.evaluation import engine_for
from inquiry_service.answering.index import DenseIndex
from inquiry_service.answering.opening import OpenIndex

FOLDS = 4
MODEL, LAYERS = "model", "folds.npy"

Numbers = NDArray[np.float32]


def fold_of(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[0] % FOLDS


class Unseen:
    """The index of one set, once for each fold, by the layer fitted without that fold."""

    def __init__(self, folder: Path, work: Path) -> None:
        self._encoder: Encoder = open_encoder(work / MODEL)
        self._layers: Numbers = np.load(work / LAYERS)
        plain = engine_for(Dataset(folder), self._encoder, work).index
        self._indexes = [_turned(plain, layer) for layer in self._layers]

    def asked(self, text: str, read: str) -> tuple[OpenIndex, Numbers]:
        """Where a question is looked up, and its vector; `read` is what is encoded of it."""
        fold = fold_of(text)
        [vector] = _unit(self._encoder.encode_questions([read]) @ self._layers[fold])
        return self._indexes[fold], vector


def _turned(plain: OpenIndex, layer: Numbers) -> OpenIndex:
    vectors = _unit(np.asarray(plain.vectors, np.float32) @ layer)
    sentences = _unit(np.asarray(plain.sentences, np.float32) @ layer)
    return replace(plain, vectors=vectors, sentences=sentences, dense=DenseIndex.build(vectors))


def _unit(vectors: Numbers) -> Numbers:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Numbers = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return unit
