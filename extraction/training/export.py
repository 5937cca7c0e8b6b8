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
