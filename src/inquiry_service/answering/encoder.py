"""The encoder: texts in, vectors of unit length out, so that their product is their likeness.

Answering needs onnxruntime and tokenizers only. A model directory without an ONNX file is served
by sentence-transformers instead, which must then be installed. Why int8, why one thread per
question and why one text at a time: docs/decisions/0002-encoder.md.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.model_directory import (
    EncoderIdentity,
    ModelDirectory,
    Pooling,
    open_model_directory,
)
from inquiry_service.errors import PartUnavailable

__all__ = ["Encoder", "EncoderIdentity", "Progress", "Vectors", "open_encoder"]

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]


class Encoder(Protocol):
    """Turns texts into vectors.

    - A result has one row per text, in the order given; no text gives no row but the right width.
    - Rows are float32 and have length 1; a blank text has a row too.
    - The same text has the same vector, whatever is encoded beside it or before it.
    - A text longer than the model reads is cut at its end, never refused.
    - Every method may be called from many threads at once.
    - `progress` is called from one thread at a time with the number of texts finished so far; it
      rises by one or more and ends at the number of texts.
    - A question is compared with passages: a model may be told by a prompt which of the two it
      reads, so the same text can have a different vector as question and as passage.
    """

    @property
    def identity(self) -> EncoderIdentity:
        """Which model this is; vectors of different identities must never be compared."""
        ...

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what people ask."""
        ...

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Vectors of what is published."""
        ...


def open_encoder(directory: Path, *, sessions: int = 2) -> Encoder:
    """Open a prepared or foreign sentence-transformers directory.

    `sessions` is how many texts are encoded at the same time, one thread each; a further caller
    waits for its turn. Raises `PartUnavailable` when files are missing or damaged, or when the
    directory has no ONNX file and sentence-transformers is not installed.
    """
    model = open_model_directory(directory)
    if model.onnx is None:
        return SentenceTransformersEncoder(model)
    return OnnxEncoder(model, sessions)


class OnnxEncoder:
    """One onnxruntime session that several threads run at once, each text on one thread.

    A run with one thread inside keeps its state on the caller's stack, so one session serves all
    callers and the weights are in memory once.
    """

    def __init__(self, model: ModelDirectory, sessions: int) -> None:
        self.identity = model.identity
        self._pooling = model.pooling
        self._layer = model.layer()
        self._tokenizer = _load_tokenizer(model)
        self._session = _load_session(model)
        self._inputs = {wanted.name for wanted in self._session.get_inputs()}
        self._sessions = sessions
        self._turn = threading.BoundedSemaphore(sessions)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self.identity.question_prompt, texts, None)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        return self._encode(self.identity.passage_prompt, texts, progress)

    def _encode(self, prompt: str, texts: Sequence[str], progress: Progress | None) -> Vectors:
        rows: Vectors = np.zeros((len(texts), self.identity.dimension), np.float32)
        done = _Counter(progress)

        def work(place: int) -> None:
            rows[place] = self._encode_one(prompt + texts[place])
            done.one_more()

        if len(texts) <= 1 or self._sessions == 1:
            for place in range(len(texts)):
                work(place)
            return rows
        # Longest first, so that no thread is left alone with a long text at the end.
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        with ThreadPoolExecutor(self._sessions, "encoder") as threads:
            list(threads.map(work, order))
        return rows

    def _encode_one(self, text: str) -> Vectors:
        """One text alone: int8 scales come from what is encoded, and must not see neighbours."""
        tokens = np.array([self._tokenizer.encode(text).ids], np.int64)
        offered = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        wanted = {name: value for name, value in offered.items() if name in self._inputs}
        with self._turn:
            output = self._session.run(None, wanted)[0]
        pooled = _pool(output[0], self._pooling)
        return _unit(self._layer(pooled) if self._layer else pooled)


class SentenceTransformersEncoder:
    """For a foreign model directory without an ONNX file; slower, and needs torch."""

    def __init__(self, model: ModelDirectory) -> None:
        self.identity = model.identity
        self._model = _load_sentence_transformer(model)
        self._turn = threading.Lock()

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self.identity.question_prompt, texts, None)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        return self._encode(self.identity.passage_prompt, texts, progress)

    def _encode(self, prompt: str, texts: Sequence[str], progress: Progress | None) -> Vectors:
        rows: Vectors = np.zeros((len(texts), self.identity.dimension), np.float32)
        done = _Counter(progress)
        for place, text in enumerate(texts):
            with self._turn:
                # `prompt=""`: the model's own default prompt must not be added to ours.
                row = self._model.encode(prompt + text, prompt="", show_progress_bar=False)
            rows[place] = _unit(np.asarray(row, np.float32))
            done.one_more()
        return rows


class _Counter:
    """Tells the caller how many texts are finished, one thread at a time."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._lock = threading.Lock()
        self._done = 0

    def one_more(self) -> None:
        with self._lock:
            self._done += 1
            if self._progress is not None:
                self._progress(self._done)


def _pool(tokens: Vectors, pooling: Pooling) -> Vectors:
    """One vector from the vectors of a text's tokens."""
    pooled: Vectors = tokens[0] if pooling is Pooling.FIRST else tokens.mean(axis=0)
    return pooled


def _unit(vector: Vectors) -> Vectors:
    unit: Vectors = vector / max(float(np.linalg.norm(vector)), 1e-12)
    return unit


def _load_tokenizer(model: ModelDirectory) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model.directory / "tokenizer.json"))
    tokenizer.enable_truncation(model.max_tokens)
    tokenizer.no_padding()
    return tokenizer


def _load_session(model: ModelDirectory) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(
            str(model.onnx), options, providers=["CPUExecutionProvider"]
        )
    except Exception as unreadable:
        raise PartUnavailable(f"编码模型（{model.onnx} 不能载入）") from unreadable


def _load_sentence_transformer(model: ModelDirectory) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as missing:
        raise PartUnavailable(
            f"编码模型（{model.directory} 里没有 ONNX 文件，"
            "需要先安装 sentence-transformers 和 torch）"
        ) from missing
    return SentenceTransformer(str(model.directory), device="cpu", local_files_only=True)
