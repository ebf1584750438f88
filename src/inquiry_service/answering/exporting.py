"""Writes ONNX files: our own graph, or a foreign network taken from sentence-transformers' torch.

Weights become seven-bit integers per output channel: eight bits overflow in the sums of
processors without VNNI, so that the same text would have other vectors on another machine.
"""

import tempfile
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.onnx_graph import OPSET
from inquiry_service.errors import PartUnavailable

INPUTS, OUTPUT = ("input_ids", "attention_mask"), "last_hidden_state"
LEAST_LIKENESS = 0.98
"""Cosine of token vectors, below which a foreign model is kept in full precision."""


def can_export() -> bool:
    return all(find_spec(name) for name in ("onnx", "torch", "transformers"))


def write_int8(graph: Any, path: Path) -> None:
    """Quantise a graph (an `onnx.ModelProto` or the path of one) and write it to `path`."""
    try:
        import onnx
        from onnxruntime.quantization import QuantType, quantize_dynamic
    except ImportError as missing:
        raise PartUnavailable("编码模型的生成工具（请先安装 encoder 附加组件）") from missing
    quantize_dynamic(
        graph,
        str(path),
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        # The fused attention's output has no type that this tool can infer.
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def export_foreign(model: Path, folder: Path, samples: list[list[int]]) -> Path:
    """Export the network of a sentence-transformers directory; returns the file that was kept.

    int8 is kept when it agrees with full precision on `samples`, lists of token ids.
    """
    with tempfile.TemporaryDirectory(dir=folder) as aside:
        exact, quick = Path(aside) / "model.onnx", Path(aside) / "model_int8.onnx"
        _export(model, exact)
        write_int8(_marked(exact), quick)
        kept = quick if _likeness(exact, quick, samples) >= LEAST_LIKENESS else exact
        return kept.rename(folder / kept.name)


def _marked(path: Path) -> Any:
    """The graph with the quantiser's mark; without it, it warns and sets up the root logger."""
    import onnx

    graph = onnx.load(path)
    onnx.helper.set_model_props(graph, {"onnx.quant.pre_process": "onnxruntime.quant"})
    return graph


def _export(model: Path, path: Path) -> None:
    """Trace the network; the tracer gives arguments by place, hence the frame around it."""
    import torch
    from transformers import AutoModel

    network = AutoModel.from_pretrained(
        model, attn_implementation="eager", local_files_only=True
    ).eval()

    class Frame(torch.nn.Module):  # type: ignore[misc] # torch is not read by the type checker
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, tokens: Any, mask: Any) -> Any:
            return self.network(input_ids=tokens, attention_mask=mask).last_hidden_state

    tokens = torch.ones((1, 7), dtype=torch.long)
    axes = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings():
        # The tracer warns about every shape it follows and about its own age.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Frame(),
            (tokens, tokens),
            str(path),
            input_names=list(INPUTS),
            output_names=[OUTPUT],
            dynamic_axes=dict.fromkeys((*INPUTS, OUTPUT), axes),
            opset_version=OPSET,
            dynamo=False,
        )


def _likeness(exact: Path, quick: Path, samples: list[list[int]]) -> float:
    """The least cosine of any sample's mean token vector."""
    pairs = zip(_run(exact, samples), _run(quick, samples), strict=True)
    return min(float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)) for a, b in pairs)


def _run(path: Path, samples: list[list[int]]) -> list[NDArray[np.float32]]:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    wanted = {given.name for given in session.get_inputs()}
    means = []
    for sample in samples:
        tokens = np.array([sample], np.int64)
        offered = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        given = {name: value for name, value in offered.items() if name in wanted}
        means.append(session.run(None, given)[0][0].mean(axis=0))
    return means
