"""Writes the packed model as a standard sentence-transformers directory.

The files are those that `SentenceTransformer(directory)` reads: a BERT network in full precision
(safetensors), a fast unigram tokenizer, mean pooling, normalisation, and the two prompts of E5.
"""

import json
import math
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.dense_layer import FOLDER, write_dense
from inquiry_service.answering.packed_weights import PackedModel, Pieces

_Numbers = NDArray[np.float32]

NORMALIZE = "3_Normalize"
QUESTION_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "

BLANKS = "[\\t\\n\\f\\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"
CONTROLS = "[\\x01-\\x08\\x0b\\x0e-\\x1f\\x7f\\x8f\\x9f]"
TILDE, TILDE_SHELTER = "\uff5e", "\ue0fe"
"""The one full-width sign that the model was taught to keep, common in "3～5 年"."""

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_ENDINGS = {"w": "weight", "b": "bias"}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def write_directory(model: PackedModel, directory: Path, dense: _Numbers | None = None) -> None:
    """Write every file but the ONNX graph into an existing, empty directory.

    `dense` is the weight of a linear layer after pooling, as in `DenseLayer`.
    """
    if dense is not None:
        write_dense(dense, directory / FOLDER)
    build_tokenizer(model.pieces, model.shape.positions).save(str(directory / "tokenizer.json"))
    for name, content in _configurations(model, dense is not None).items():
        (directory / name).parent.mkdir(exist_ok=True)
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (directory / name).write_text(text + "\n", "utf-8")
    (directory / NORMALIZE).mkdir()
    _write_safetensors(model, directory / "model.safetensors")


def build_tokenizer(pieces: Pieces, longest: int) -> Any:
    """Return the tokenizer of XLM-RoBERTa: NFKC with exceptions, words, pieces, `<s> … </s>`."""
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    vocabulary = list(zip(pieces.texts, pieces.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(BLANKS), " "),
            normalizers.Replace(Regex(CONTROLS), ""),
            normalizers.Replace(TILDE, TILDE_SHELTER),
            normalizers.NFKC(),
            normalizers.Replace(TILDE_SHELTER, TILDE),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    begin, end = pieces.texts[pieces.begin], pieces.texts[pieces.end]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, pieces.begin), (end, pieces.end)],
    )
    special = (pieces.begin, pieces.pad, pieces.end, pieces.unknown)
    tokenizer.add_special_tokens([AddedToken(pieces.texts[n], normalized=False) for n in special])
    tokenizer.enable_truncation(longest)
    return tokenizer


def _configurations(model: PackedModel, has_dense: bool) -> dict[str, Any]:
    shape, pieces = model.shape, model.pieces
    special = {
        "bos_token": pieces.texts[pieces.begin],
        "cls_token": pieces.texts[pieces.begin],
        "eos_token": pieces.texts[pieces.end],
        "sep_token": pieces.texts[pieces.end],
        "pad_token": pieces.texts[pieces.pad],
        "unk_token": pieces.texts[pieces.unknown],
    }
    modules = [("Transformer", ""), ("Pooling", "1_Pooling")]
    modules += [("Dense", FOLDER)] if has_dense else []
    modules.append(("Normalize", NORMALIZE))
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": shape.width,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.inner,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": shape.epsilon,
            "pad_token_id": pieces.pad,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            **special,
        },
        "special_tokens_map.json": special,
        "modules.json": [
            {
                "idx": place,
                "name": str(place),
                "path": path,
                "type": f"sentence_transformers.models.{kind}",
            }
            for place, (kind, path) in enumerate(modules)
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.width,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
        },
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUESTION_PROMPT, "passage": PASSAGE_PROMPT},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _write_safetensors(model: PackedModel, path: Path) -> None:
    """Write the weights, one tensor at a time; the format is a JSON header and raw numbers."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, shape, _ in _tensors(model):
        start, end = end, end + 4 * math.prod(shape)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for _, _, numbers in _tensors(model):
            file.write(numbers().tobytes())


def _tensors(model: PackedModel) -> Iterator[tuple[str, list[int], Callable[[], _Numbers]]]:
    """All weights under BertModel's names: name, shape, and the numbers when they are wanted."""
    width = model.shape.width
    for name, vector in model.vectors.items():
        shape = [len(vector) // width, width] if name in ("emb.pos", "emb.type") else [len(vector)]
        yield _name_in_bert(name), shape, partial(np.asarray, vector)
    for name, blocks in model.matrices.items():
        yield _name_in_bert(name), list(blocks.shape), blocks.dequantise
    # Mean pooling does not use BERT's own pooler; without it, loading would warn and draw lots.
    for ending, shape in (("weight", [width, width]), ("bias", [width])):
        yield f"pooler.dense.{ending}", shape, partial(_zeros, shape)


def _name_in_bert(name: str) -> str:
    """`l3.q.w` becomes `encoder.layer.3.attention.self.query.weight`."""
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    layer, part, ending = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{_ENDINGS[ending]}"


def _zeros(shape: list[int]) -> _Numbers:
    return np.zeros(shape, np.float32)
