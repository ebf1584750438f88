"""The network of `multilingual-e5-small` as an ONNX graph, written without PyTorch.

Word vectors stay in their four-bit blocks and are unfolded for the tokens of a text only, which is
exact and keeps 380 MB out of memory. The output is the vector of every token; pooling them is the
encoder's work, so that other uses of token vectors need no other file.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.packed_weights import PackedModel

STANDARD, FUSED = "", "com.microsoft"
OPSET, IR_VERSION = 18, 10
"""Old enough for onnxruntime 1.19 and newer."""


def build_graph(model: PackedModel) -> Any:
    """Return an `onnx.ModelProto` in full precision: token ids and mask in, token vectors out."""
    graph = _Graph()
    state = _embed(graph, model)
    mask = graph.node("Cast", "attention_mask", to=_onnx().TensorProto.INT32)
    for layer in range(model.shape.layers):
        state = _layer(graph, model, f"l{layer}.", state, mask)
    return graph.finish(state, model.shape.width)


def _embed(graph: "_Graph", model: PackedModel) -> str:
    width, vectors = model.shape.width, model.vectors
    word = _unfold_words(graph, model)
    # Every token is of type 0, so its vector is added to the positions once and for all.
    places = vectors["emb.pos"].reshape(-1, width) + vectors["emb.type"][:width]
    length = graph.node("Shape", "input_ids", start=1, end=2)
    zero = graph.constant("zero", np.array([0], np.int64))
    place = graph.node("Slice", graph.constant("emb.places", places), zero, length, zero)
    return graph.node(
        "LayerNormalization",
        graph.node("Add", word, place),
        graph.constant("emb.ln.w", vectors["emb.ln.w"]),
        graph.constant("emb.ln.b", vectors["emb.ln.b"]),
        axis=-1,
        epsilon=model.shape.epsilon,
    )


def _unfold_words(graph: "_Graph", model: PackedModel) -> str:
    """Word vectors of `input_ids`: (half byte - 8) x scale, low halves of a block first."""
    words, number = model.matrices["emb.word"], _onnx().TensorProto.FLOAT
    rows = graph.constant("emb.word.nibbles", words.nibbles.reshape(len(words.nibbles), -1))
    scales = graph.constant("emb.word.scales", words.scales[:, :, None])
    to_blocks = graph.constant("to_blocks", np.array([0, 0, -1, 16], np.int64))
    halves = graph.node("Reshape", graph.node("Gather", rows, "input_ids"), to_blocks)
    fifteen = graph.constant("fifteen", np.array(15, np.uint8))
    four = graph.constant("four", np.array(4, np.uint8))
    low = graph.node("BitwiseAnd", halves, fifteen)
    high = graph.node("BitShift", halves, four, direction="RIGHT")
    unsigned = graph.node("Cast", graph.node("Concat", low, high, axis=-1), to=number)
    signed = graph.node("Sub", unsigned, graph.constant("eight", np.array(8, np.float32)))
    scale = graph.node("Cast", graph.node("Gather", scales, "input_ids"), to=number)
    to_width = graph.constant("to_width", np.array([0, 0, model.shape.width], np.int64))
    return graph.node("Reshape", graph.node("Mul", signed, scale), to_width)


def _layer(graph: "_Graph", model: PackedModel, name: str, state: str, mask: str) -> str:
    context = _attention(graph, model, name, state, mask)
    state = _join(graph, model, name, ("ao", "aln"), context, state)
    inner = graph.node(
        "BiasGelu",
        _product(graph, model, state, name + "fi.w"),
        graph.constant(name + "fi.b", model.vectors[name + "fi.b"]),
        domain=FUSED,
    )
    return _join(graph, model, name, ("fo", "oln"), inner, state)


def _attention(graph: "_Graph", model: PackedModel, name: str, state: str, mask: str) -> str:
    """Query, key and value in one product, then all heads at once."""
    three = _product(graph, model, state, *(f"{name}{part}.w" for part in "qkv"))
    bias = np.concatenate([model.vectors[f"{name}{part}.b"] for part in "qkv"])
    biased = graph.node("Add", three, graph.constant(name + "qkv.b", bias))
    query, key, value = graph.split(biased, 3)
    return graph.node(
        "MultiHeadAttention",
        *(query, key, value, "", mask),
        domain=FUSED,
        num_heads=model.shape.heads,
    )


def _join(
    graph: "_Graph",
    model: PackedModel,
    name: str,
    parts: tuple[str, str],
    branch: str,
    state: str,
) -> str:
    """Project the branch back, add it to the state, normalise."""
    projection, norm = parts
    vectors = model.vectors
    return graph.node(
        "SkipLayerNormalization",
        state,
        _product(graph, model, branch, f"{name}{projection}.w"),
        graph.constant(f"{name}{norm}.w", vectors[f"{name}{norm}.w"]),
        graph.constant(f"{name}{norm}.b", vectors[f"{name}{norm}.b"]),
        graph.constant(f"{name}{projection}.b", vectors[f"{name}{projection}.b"]),
        domain=FUSED,
        epsilon=model.shape.epsilon,
    )


def _product(graph: "_Graph", model: PackedModel, state: str, *names: str) -> str:
    """State times the matrices side by side; their files hold them as [out, in]."""
    together = np.concatenate([model.matrices[name].dequantise() for name in names])
    return graph.node("MatMul", state, graph.constant("+".join(names), together.T))


class _Graph:
    """Collects nodes and constants; every node's output is named after it."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def node(self, kind: str, *inputs: str, domain: str = STANDARD, **attributes: Any) -> str:
        return self._add(kind, inputs, 1, domain, attributes)[0]

    def split(self, value: str, parts: int) -> list[str]:
        return self._add("Split", (value,), parts, STANDARD, {"axis": -1, "num_outputs": parts})

    def _add(
        self,
        kind: str,
        inputs: tuple[str, ...],
        outputs: int,
        domain: str,
        attributes: dict[str, Any],
    ) -> list[str]:
        name = f"{kind}_{len(self.nodes)}"
        names = [f"{name}.{number}" for number in range(outputs)]
        node = _onnx().helper.make_node(
            kind, list(inputs), names, name=name, domain=domain, **attributes
        )
        self.nodes.append(node)
        return names

    def constant(self, name: str, value: NDArray[Any]) -> str:
        if all(known.name != name for known in self.constants):
            array = np.ascontiguousarray(value)
            self.constants.append(_onnx().numpy_helper.from_array(array, name))
        return name

    def finish(self, output: str, width: int) -> Any:
        helper, types = _onnx().helper, _onnx().TensorProto
        axes = ["batch", "tokens"]
        graph = helper.make_graph(
            [*self.nodes, helper.make_node("Identity", [output], ["last_hidden_state"])],
            "multilingual-e5-small",
            [
                helper.make_tensor_value_info(name, types.INT64, axes)
                for name in ("input_ids", "attention_mask")
            ],
            [helper.make_tensor_value_info("last_hidden_state", types.FLOAT, [*axes, width])],
            self.constants,
        )
        opsets = [helper.make_opsetid(STANDARD, OPSET), helper.make_opsetid(FUSED, 1)]
        made = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
        # Nothing is left for the quantiser's pre-processing; without this mark it warns, and by
        # warning sets up the root logger of the whole process.
        helper.set_model_props(made, {"onnx.quant.pre_process": "onnxruntime.quant"})
        return made


def _onnx() -> Any:
    """The library, loaded when a graph is built and never for answering."""
    import onnx

    return onnx
