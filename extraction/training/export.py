"""Weights → ONNX, whole numbers of eight bits where that costs nothing.

Input `x`: float32 (lines, 1, 40, columns) ink levels; output `p`: (lines, columns / 4, classes) probabilities.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import onnx
import torch
from onnx import GraphProto, NodeProto, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from torch import Tensor, nn

from extraction.engines.reader import HEIGHT
from extraction.training.lines import Press
from extraction.training.network import LineNetwork, load

CALIBRATION_LINES = 160
CALIBRATION_COLUMNS = (128, 256, 384, 640)
OPSET = 17


class Probabilities(nn.Module):
    """The network as the reader runs it."""

    def __init__(self, network: LineNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, lines: Tensor) -> Tensor:
        chances: Tensor = self.network(lines).softmax(1).permute(0, 2, 1)
        return chances


class RenderedCalibration(CalibrationDataReader):
    """Rendered lines, one at a time, to find the range of every layer's numbers."""

    def __init__(self, press: Press) -> None:
        self.lines = _lines(press)

    def get_next(self) -> dict[str, Any] | None:
        return next(self.lines, None)


def _lines(press: Press) -> Iterator[dict[str, Any]]:
    rng = Random("calibration")
    for count in range(CALIBRATION_LINES):
        pictures, _ = press.batch(rng, CALIBRATION_COLUMNS[count % len(CALIBRATION_COLUMNS)], 1)
        yield {"x": pictures[:, None].astype(np.float32)}


def export(weights: Path, out: Path, press: Press) -> None:
    """Write the int8 model to `out`. The first and the last convolution stay in floating point: they lose by it."""
    network = LineNetwork()
    load(network, torch.load(weights, weights_only=True))
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        write_full(network, full)
        convolutions = [node.name for node in onnx.load(str(full)).graph.node if node.op_type == "Conv"]
        quantize_static(
            str(full),
            str(out),
            RenderedCalibration(press),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=["Conv", "Add"],  # never the logits: 256 steps cannot tell signs apart
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
            nodes_to_exclude=[convolutions[0], convolutions[-1]],
        )
    model = onnx.load(str(out))
    cut_at_zero(model.graph)
    onnx.save(model, str(out))


def cut_at_zero(graph: GraphProto) -> None:
    """Let whole numbers without a sign do the work of each ReLU: below their zero there is nothing.

    The quantizer rounds before a ReLU and again behind it. Rounded once, with the scale of what is left, the numbers
    are twice as fine and a line takes a third less time.
    """
    makers = {name: node for node in graph.node for name in node.output}
    users: dict[str, list[NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    zeros = {each.name for each in graph.initializer if not numpy_helper.to_array(each).any()}
    spared: list[NodeProto] = []
    for cut in (node for node in graph.node if node.op_type == "Relu"):
        followers, back = users[cut.output[0]], _rounding_before(cut, makers, users)
        if back and all(each.op_type == "QuantizeLinear" and each.input[2] in zeros for each in followers):
            for each in followers:
                each.input[0] = back[-1].input[0]
            spared += [cut, *back]
    for node in spared:
        graph.node.remove(node)
    _drop_unused(graph)


def _rounding_before(
    node: NodeProto, makers: dict[str, NodeProto], users: dict[str, list[NodeProto]]
) -> list[NodeProto]:
    """The two nodes that only round what comes in, the last first; empty where something else comes in."""
    found: list[NodeProto] = []
    for kind in ("DequantizeLinear", "QuantizeLinear"):
        before = makers.get((found[-1] if found else node).input[0])
        if before is None or before.op_type != kind or len(users[before.output[0]]) != 1:
            return []
        found.append(before)
    return found


def _drop_unused(graph: GraphProto) -> None:
    used = {name for node in graph.node for name in node.input}
    for each in [each for each in graph.initializer if each.name not in used]:
        graph.initializer.remove(each)


def write_full(network: LineNetwork, path: Path) -> None:
    """The model in floating point, batch normalisation folded into the convolutions by the exporter."""
    torch.onnx.export(
        Probabilities(network).eval(),
        (torch.zeros(1, 1, HEIGHT, 256),),
        str(path),
        input_names=["x"],
        output_names=["p"],
        dynamic_axes={"x": {0: "lines", 3: "columns"}, "p": {0: "lines", 1: "frames"}},
        opset_version=OPSET,
        dynamo=False,
    )
