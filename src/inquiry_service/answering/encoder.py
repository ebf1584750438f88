"""The encoder: texts in, vectors of unit length out, so that their product is their likeness.

Answering needs onnxruntime and tokenizers only. A model directory without an ONNX file is served
by sentence-transformers instead, which must then be installed. Why int8, why one thread per
question and why one text at a time: docs/decisions/0002-encoder.md.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
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

__all__ = ["Encoder", "EncoderIdentity", "Progress", "Vectors", "Whole", "open_encoder"]

Vectors = NDArray[np.float32]
Spans = NDArray[np.int32]
Progress = Callable[[int], None]

_AHEAD = 4
"""Texts handed to each thread before the first result is taken: no thread waits for the taker."""


@dataclass(frozen=True, slots=True)
class Whole:
    """All that one run over a text tells.

    `tokens` has a row for each piece of the text that was read, in order and not of unit length;
    `spans` has its first and one past its last character in the text. Prompt and marks that the
    model adds have no row.
    """

    vector: Vectors
    tokens: Vectors
    spans: Spans


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

    def encode_questions_whole(self, texts: Sequence[str]) -> Iterator[Whole]:
        """As `encode_questions`, with the vectors of tokens, one by one in the order given."""
        ...

    def encode_passages_whole(self, texts: Sequence[str]) -> Iterator[Whole]:
        """As `encode_passages`, with the vectors of tokens, one by one in the order given."""
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
        self._tokenizer = _load_tokenizer(model)
        self._session = _load_session(model)
        self._inputs = {wanted.name for wanted in self._session.get_inputs()}
        self._sessions = sessions
        self._turn = threading.BoundedSemaphore(sessions)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self.identity.question_prompt, texts, None)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        return self._encode(self.identity.passage_prompt, texts, progress)

    def encode_questions_whole(self, texts: Sequence[str]) -> Iterator[Whole]:
        return self._encode_whole(self.identity.question_prompt, texts)

    def encode_passages_whole(self, texts: Sequence[str]) -> Iterator[Whole]:
        return self._encode_whole(self.identity.passage_prompt, texts)

    def _encode(self, prompt: str, texts: Sequence[str], progress: Progress | None) -> Vectors:
        rows: Vectors = np.zeros((len(texts), self.identity.dimension), np.float32)
        done = _Counter(progress)

        def work(place: int) -> None:
            _, output = self._run(prompt + texts[place])
            rows[place] = _unit(_pool(output, self._pooling))
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

    def _encode_whole(self, prompt: str, texts: Sequence[str]) -> Iterator[Whole]:
        if len(texts) <= 1 or self._sessions == 1:
            yield from (self._whole(prompt, text) for text in texts)
            return
        under_way: deque[Future[Whole]] = deque()
        with ThreadPoolExecutor(self._sessions, "encoder") as threads:
            for text in texts:
                under_way.append(threads.submit(self._whole, prompt, text))
                if len(under_way) > _AHEAD * self._sessions:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()

    def _whole(self, prompt: str, text: str) -> Whole:
        encoding, output = self._run(prompt + text)
        kept = np.asarray(encoding.special_tokens_mask) == 0
        spans = np.asarray(encoding.offsets, np.int32).reshape(-1, 2)
        return _whole(_unit(_pool(output, self._pooling)), output, spans, kept, len(prompt))

    def _run(self, text: str) -> tuple[Any, Vectors]:
        """One text alone: int8 scales come from what is encoded, and must not see neighbours."""
        encoding = self._tokenizer.encode(text)
        tokens = np.array([encoding.ids], np.int64)
        offered = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        wanted = {name: value for name, value in offered.items() if name in self._inputs}
        with self._turn:
            output: Vectors = self._session.run(None, wanted)[0][0]
        return encoding, output


class SentenceTransformersEncoder:
    """For a foreign model directory without an ONNX file; slower, and needs torch."""

    def __init__(self, model: ModelDirectory) -> None:
        self.identity = model.identity
        self._pooling = model.pooling
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

    def encode_questions_whole(self, texts: Sequence[str]) -> Iterator[Whole]:
        return (self._whole(self.identity.question_prompt, text) for text in texts)

    def encode_passages_whole(self, texts: Sequence[str]) -> Iterator[Whole]:
        return (self._whole(self.identity.passage_prompt, text) for text in texts)

    def _whole(self, prompt: str, text: str) -> Whole:
        with self._turn:
            told = self._model.tokenizer(
                prompt + text,
                truncation=True,
                max_length=self._model.max_seq_length,
                return_offsets_mapping=True,
                return_special_tokens_mask=True,
            )
            output = self._model.encode(
                prompt + text,
                prompt="",
                output_value="token_embeddings",
                show_progress_bar=False,
            )
        rows = np.asarray(output, np.float32)
        kept = np.asarray(told["special_tokens_mask"]) == 0
        spans = np.asarray(told["offset_mapping"], np.int32).reshape(-1, 2)
        return _whole(_unit(_pool(rows, self._pooling)), rows, spans, kept, len(prompt))


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


def _whole(
    vector: Vectors, tokens: Vectors, spans: Spans, kept: NDArray[np.bool_], prompt: int
) -> Whole:
    """Only what stands in the text itself; a piece that begins in the prompt begins at 0."""
    own = kept & (spans[:, 1] > prompt)
    return Whole(vector, tokens[own], np.maximum(spans[own] - prompt, 0))


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
