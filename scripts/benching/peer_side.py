"""One peer on one corpus, run by `peers.py` in the environment of the peers, not in ours.

    python peer_side.py NAME MODEL CORPUS QUESTIONS OUT

CORPUS and QUESTIONS are JSON lines with `_id`, `text` and, for a document, `title`. Each peer gets
the same encoder and keeps its own defaults otherwise, also in how it splits and reads words. What
is measured goes to OUT as JSON.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

DEEP = 10
Texts = list[tuple[str, str]]
Find = Callable[[str], list[str]]
QUESTION, PASSAGE = "query: ", "passage: "


def txtai(model: str, corpus: Texts) -> Find:
    """Its hybrid index: dense vectors and BM25, joined by itself."""
    from txtai import Embeddings

    found = Embeddings(
        path=model, hybrid=True, content=False, instructions={"query": QUESTION, "data": PASSAGE}
    )
    found.index([(name, text, None) for name, text in corpus])
    return lambda question: [str(name) for name, _ in found.search(question, DEEP)]


def haystack_bm25(_model: str, corpus: Texts) -> Find:
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever

    retriever = InMemoryBM25Retriever(_haystack_store(corpus), top_k=DEEP)
    return lambda question: _ids(retriever.run(query=question)["documents"])


def haystack_hybrid(model: str, corpus: Texts) -> Find:
    """Dense and BM25 retrievers joined by reciprocal ranks, as its hybrid tutorial does."""
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(model, device="cpu")
    store = _haystack_store(corpus, encoder)
    dense = InMemoryEmbeddingRetriever(store, top_k=DEEP * 2)
    lexical = InMemoryBM25Retriever(store, top_k=DEEP * 2)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=DEEP)

    def find(question: str) -> list[str]:
        vector = encoder.encode(question, prompt=QUESTION).tolist()
        near = dense.run(query_embedding=vector)["documents"]
        named = lexical.run(query=question)["documents"]
        return _ids(joiner.run(documents=[near, named])["documents"])

    return find


def _haystack_store(corpus: Texts, encoder: Any = None) -> Any:
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    texts = [text for _, text in corpus]
    rows = encoder.encode(texts, prompt=PASSAGE).tolist() if encoder else [None] * len(texts)
    store.write_documents(
        [
            Document(content=text, embedding=row, meta={"name": name})
            for (name, text), row in zip(corpus, rows, strict=True)
        ]
    )
    return store


def _ids(documents: list[Any]) -> list[str]:
    return [document.meta["name"] for document in documents]


def llama_index(model: str, corpus: Texts) -> Find:
    """FAISS and BM25 retrievers joined by reciprocal ranks, split by its own splitter."""
    import faiss
    from llama_index.core import Document, Settings, StorageContext, VectorStoreIndex
    from llama_index.core.llms import MockLLM
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.retrievers.bm25 import BM25Retriever
    from llama_index.vector_stores.faiss import FaissVectorStore

    Settings.llm = MockLLM()
    encoder = HuggingFaceEmbedding(
        model, query_instruction=QUESTION, text_instruction=PASSAGE, device="cpu"
    )
    documents = [Document(text=text, metadata={"name": name}) for name, text in corpus]
    for document in documents:
        document.excluded_embed_metadata_keys = ["name"]
    nodes = SentenceSplitter().get_nodes_from_documents(documents)
    dimension = len(encoder.get_query_embedding("粮"))
    store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(dimension))
    index = VectorStoreIndex(
        nodes,
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=encoder,
    )
    both = QueryFusionRetriever(
        [
            index.as_retriever(similarity_top_k=DEEP * 2),
            BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=min(DEEP * 2, len(nodes))),
        ],
        similarity_top_k=DEEP * 2,
        num_queries=1,
        mode="reciprocal_rerank",
        use_async=False,
    )
    return lambda question: [found.node.metadata["name"] for found in both.retrieve(question)]


def langchain(model: str, corpus: Texts) -> Find:
    """FAISS over chunks of its recursive splitter."""
    from langchain_community.vectorstores import FAISS
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    encoder = HuggingFaceEmbeddings(
        model_name=model,
        model_kwargs={"device": "cpu"},
        encode_kwargs={"prompt": PASSAGE},
        query_encode_kwargs={"prompt": QUESTION},
    )
    whole = [Document(page_content=text, metadata={"name": name}) for name, text in corpus]
    chunks = RecursiveCharacterTextSplitter().split_documents(whole)
    store = FAISS.from_documents(chunks, encoder)
    return lambda question: [
        found.metadata["name"] for found in store.similarity_search(question, k=DEEP * 2)
    ]


PEERS: dict[str, tuple[Callable[[str, Texts], Find], str]] = {
    "txtai": (txtai, "txtai"),
    "haystack-bm25": (haystack_bm25, "haystack-ai"),
    "haystack-hybrid": (haystack_hybrid, "haystack-ai"),
    "llama-index": (llama_index, "llama-index-core"),
    "langchain": (langchain, "langchain-community"),
}


def main() -> None:
    name, model, corpus_file, questions_file, out = sys.argv[1:]
    corpus = [
        (entry["_id"], f"{entry.get('title', '')}\n{entry['text']}".strip())
        for entry in _lines(Path(corpus_file))
    ]
    questions = _lines(Path(questions_file))
    make, package = PEERS[name]
    began = time.perf_counter()
    find = make(model, corpus)
    indexing = time.perf_counter() - began
    for entry in questions[:5]:
        find(entry["text"])
    seconds, found = [], {}
    for entry in questions:
        began = time.perf_counter()
        names = find(entry["text"])
        seconds.append(time.perf_counter() - began)
        found[entry["_id"]] = list(dict.fromkeys(names))[:DEEP]
    told = {
        "version": version(package),
        "indexing": indexing,
        "seconds": seconds,
        "found": found,
        "megabytes": _resident(),
    }
    Path(out).write_text(json.dumps(told), encoding="utf-8")


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _resident() -> float:
    status = Path(f"/proc/{os.getpid()}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
