"""One peer on some sets, run by `peers.py` in the environment of the peers, not in ours.

    python peer_side.py NAME MODEL VECTORS OUT SET...

Each SET is a folder with `corpus.jsonl` and `asked.jsonl` (`_id`, `text`, a document `title` too).
Each peer gets the same encoder and keeps its own defaults otherwise, also in how it splits and
reads words. Vectors of passages are kept in VECTORS, because they are the same for all of them:
what a peer's indexing takes is told without them. What is measured goes to OUT as JSON.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

DEEP = 10
QUESTION, PASSAGE = "query: ", "passage: "
_PIECE = 32
"""Passages encoded between two lines of progress."""
Texts = list[tuple[str, str]]
Found = list[tuple[str, float]]
Find = Callable[[str], Found]


class Encoder:
    """The encoder as sentence-transformers runs it; no passage is read a second time."""

    def __init__(self, model: str, folder: Path) -> None:
        self._name = model
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.on_passages = 0.0
        self.on_questions: list[float] = []

    def passages(self, texts: Sequence[str]) -> Any:
        began = time.perf_counter()
        missing = [text for text in dict.fromkeys(texts) if not self._file(text).exists()]
        missing.sort(key=len)
        for start in range(0, len(missing), _PIECE):
            some = missing[start : start + _PIECE]
            rows = self._model.encode(some, prompt=PASSAGE, normalize_embeddings=True)
            for text, row in zip(some, rows, strict=True):
                np.save(self._file(text), row)
            if start // _PIECE % 10 == 0:
                _say(f"encoding {start} of {len(missing)} passages")
        found = np.stack([np.load(self._file(text)) for text in texts])
        self.on_passages += time.perf_counter() - began
        return found

    def question(self, text: str) -> Any:
        began = time.perf_counter()
        row = self._model.encode(text, prompt=QUESTION, normalize_embeddings=True)
        self.on_questions.append(time.perf_counter() - began)
        return row

    @cached_property
    def _model(self) -> Any:
        """Not loaded for those that go by words alone."""
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(self._name, device="cpu")

    def _file(self, text: str) -> Path:
        return self._folder / f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.npy"


def txtai(encoder: Encoder, corpus: Texts) -> Find:
    """Its hybrid index: dense vectors and BM25, joined by itself."""
    from txtai import Embeddings

    asking = False

    def transform(texts: Sequence[str]) -> Any:
        if asking:
            return np.stack([encoder.question(text) for text in texts])
        return encoder.passages(list(texts))

    found = Embeddings(method="external", transform=transform, hybrid=True, content=False)
    found.index([(name, text, None) for name, text in corpus])
    asking = True
    return lambda question: [(str(name), float(s)) for name, s in found.search(question, DEEP)]


def haystack_bm25(_encoder: Encoder, corpus: Texts) -> Find:
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever

    retriever = InMemoryBM25Retriever(_haystack_store(corpus), top_k=DEEP)
    return lambda question: _scored(retriever.run(query=question)["documents"])


def haystack_hybrid(encoder: Encoder, corpus: Texts) -> Find:
    """Dense and BM25 retrievers joined by reciprocal ranks, as its hybrid tutorial does."""
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )

    store = _haystack_store(corpus, encoder)
    dense = InMemoryEmbeddingRetriever(store, top_k=DEEP * 2)
    lexical = InMemoryBM25Retriever(store, top_k=DEEP * 2)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=DEEP)

    def find(question: str) -> Found:
        near = dense.run(query_embedding=encoder.question(question).tolist())["documents"]
        named = lexical.run(query=question)["documents"]
        return _scored(joiner.run(documents=[near, named])["documents"])

    return find


def _haystack_store(corpus: Texts, encoder: Encoder | None = None) -> Any:
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    texts = [text for _, text in corpus]
    rows = encoder.passages(texts).tolist() if encoder else [None] * len(texts)
    store.write_documents(
        [
            Document(content=text, embedding=row, meta={"name": name})
            for (name, text), row in zip(corpus, rows, strict=True)
        ]
    )
    return store


def _scored(documents: list[Any]) -> Found:
    return [(document.meta["name"], float(document.score)) for document in documents]


def llama_index(encoder: Encoder, corpus: Texts) -> Find:
    """FAISS over what its own splitter makes."""
    index, _ = _llama_store(encoder, corpus)
    return _llama_found(index.as_retriever(similarity_top_k=DEEP * 2))


def llama_index_hybrid(encoder: Encoder, corpus: Texts) -> Find:
    """FAISS and BM25 retrievers joined by reciprocal ranks."""
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.retrievers.bm25 import BM25Retriever

    index, nodes = _llama_store(encoder, corpus)
    most = min(DEEP * 2, len(nodes))
    both = QueryFusionRetriever(
        [
            index.as_retriever(similarity_top_k=most),
            BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=most),
        ],
        similarity_top_k=DEEP * 2,
        num_queries=1,
        mode="reciprocal_rerank",
        use_async=False,
    )
    return _llama_found(both)


def _llama_found(retriever: Any) -> Find:
    return lambda question: [
        (found.node.metadata["name"], float(found.score or 0))
        for found in retriever.retrieve(question)
    ]


def _llama_store(encoder: Encoder, corpus: Texts) -> tuple[Any, list[Any]]:
    import faiss
    from llama_index.core import Document, Settings, StorageContext, VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.llms import MockLLM
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.faiss import FaissVectorStore

    class Shared(BaseEmbedding):  # type: ignore[misc]
        def _get_query_embedding(self, query: str) -> Any:
            return encoder.question(query).tolist()

        async def _aget_query_embedding(self, query: str) -> Any:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> Any:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> Any:
            return encoder.passages(texts).tolist()

    Settings.llm = MockLLM()
    documents = [Document(text=text, metadata={"name": name}) for name, text in corpus]
    for document in documents:
        document.excluded_embed_metadata_keys = ["name"]
    nodes = SentenceSplitter().get_nodes_from_documents(documents)
    dimension = len(encoder.question("粮"))
    store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(dimension))
    index = VectorStoreIndex(
        nodes,
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=Shared(),
    )
    return index, nodes


def langchain(encoder: Encoder, corpus: Texts) -> Find:
    """FAISS over chunks of its recursive splitter."""
    from langchain_community.vectorstores import FAISS
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    class Shared(Embeddings):  # type: ignore[misc]
        def embed_documents(self, texts: list[str]) -> Any:
            return encoder.passages(texts).tolist()

        def embed_query(self, text: str) -> Any:
            return encoder.question(text).tolist()

    whole = [Document(page_content=text, metadata={"name": name}) for name, text in corpus]
    chunks = RecursiveCharacterTextSplitter().split_documents(whole)
    store = FAISS.from_documents(chunks, Shared())
    # Its score is a distance: the smaller, the nearer.
    return lambda question: [
        (found.metadata["name"], -float(distance))
        for found, distance in store.similarity_search_with_score(question, k=DEEP * 2)
    ]


PEERS: dict[str, tuple[Callable[[Encoder, Texts], Find], str]] = {
    "txtai": (txtai, "txtai"),
    "haystack-bm25": (haystack_bm25, "haystack-ai"),
    "haystack-hybrid": (haystack_hybrid, "haystack-ai"),
    "llama-index": (llama_index, "llama-index-core"),
    "llama-index-hybrid": (llama_index_hybrid, "llama-index-core"),
    "langchain": (langchain, "langchain-community"),
}


def main() -> None:
    name, model, vectors, out, *sets = sys.argv[1:]
    make, package = PEERS[name]
    encoder = Encoder(model, Path(vectors))
    told: dict[str, Any] = {"version": version(package), "sets": {}}
    for folder in map(Path, sets):
        _say(f"{name}: {folder.name}")
        told["sets"][folder.name] = _asked(make, encoder, folder)
        told["megabytes"] = _resident()
        Path(out).write_text(json.dumps(told), encoding="utf-8")


def _asked(
    make: Callable[[Encoder, Texts], Find], encoder: Encoder, folder: Path
) -> dict[str, Any]:
    corpus = [
        (entry["_id"], f"{entry.get('title', '')}\n{entry['text']}".strip())
        for entry in _lines(folder / "corpus.jsonl")
    ]
    questions = _lines(folder / "asked.jsonl")
    began, encoder.on_passages = time.perf_counter(), 0.0
    find = make(encoder, corpus)
    indexing = time.perf_counter() - began - encoder.on_passages
    for entry in questions[:5]:
        find(entry["text"])
    encoder.on_questions.clear()
    seconds, found, scores = {}, {}, {}
    for entry in questions:
        began = time.perf_counter()
        listed = find(entry["text"])
        seconds[entry["_id"]] = time.perf_counter() - began
        found[entry["_id"]] = list(dict.fromkeys(name for name, _ in listed))[:DEEP]
        scores[entry["_id"]] = listed[0][1] if listed else None
    spent = sorted(encoder.on_questions)
    return {
        "indexing": indexing,
        "seconds": seconds,
        "found": found,
        "scores": scores,
        "encoding": spent[len(spent) // 2] if spent else 0.0,
    }


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _say(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)


def _resident() -> float:
    status = Path(f"/proc/{os.getpid()}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
