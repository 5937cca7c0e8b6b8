"""The weights to train further from, found again in the `reader.onnx` that the project ships.

Whole numbers of eight bits, a scale for each channel, tell a weight to half a percent of the channel's largest: far
less than what a run of training changes. The exporter folded the batch normalisations into the convolutions before
them; rendered lines tell what they have to subtract and divide by to change nothing.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, cast

import numpy as np
import onnx
import torch
from onnx import ModelProto, NodeProto, numpy_helper
from torch import Tensor, nn

from extraction.training.lines import Press
from extraction.training.network import LineNetwork

SEED = "recovery"
SIZE = 0.17  # root mean square of a channel's weights in training; an optimiser's steps are as large for small ones
BATCHES = ((192, 48), (320, 32), (576, 18)) * 4  # columns of the lines, how many


def recovered(model: Path, press: Press) -> dict[str, Any]:
    """State of a `LineNetwork` that reads as the exported model does, to within its rounding.

    `press`: lines like those to train on. Raises ValueError where the model is not one of this network.
    """
    network = LineNetwork().eval()
    _take_convolutions(network, onnx.load(str(model)))
    with torch.no_grad():
        _spread(network, list(_lines(press)))
    state: dict[str, Any] = network.state_dict()
    return state


def _lines(press: Press) -> Iterator[Tensor]:
    rng = Random(SEED)
    for columns, count in BATCHES:
        pictures, _ = press.batch(rng, columns, count)
        yield torch.from_numpy(np.asarray(pictures, np.float32)).unsqueeze(1)


def _take_convolutions(network: LineNetwork, model: ModelProto) -> None:
    """The folded weights; what was folded in stays with each batch normalisation as its bias."""
    stored = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    makers = {name: node for node in model.graph.node for name in node.output}
    nodes = [node for node in model.graph.node if node.op_type == "Conv"]
    convolutions = [each for each in network.modules() if isinstance(each, nn.Conv2d)]
    if len(nodes) != len(convolutions):
        raise ValueError(f"The model has {len(nodes)} convolutions, the network {len(convolutions)}: not its export.")
    normalisations = dict(_normalised(network))
    for node, convolution in zip(nodes, convolutions, strict=True):
        weight, bias = (_number(name, stored, makers) for name in node.input[1:])
        if weight.shape != convolution.weight.shape:
            raise ValueError(f"{node.name} is {weight.shape}, the network's {tuple(convolution.weight.shape)}.")
        normalisation = normalisations.get(convolution)
        if normalisation is not None:
            larger = SIZE / weight.square().mean((1, 2, 3)).sqrt().clamp(min=1e-6)
            weight = weight * larger.reshape(-1, 1, 1, 1)
            normalisation.weight.data.copy_((1 + normalisation.eps) ** 0.5 / larger)  # of a mean of 0, a variance of 1
        convolution.weight.data.copy_(weight)
        cast(Tensor, (normalisation or convolution).bias).data.copy_(bias)


def _normalised(network: LineNetwork) -> Iterator[tuple[nn.Module, nn.BatchNorm2d]]:
    """Each convolution with the batch normalisation after it."""
    plain = (each for each in network.modules() if isinstance(each, nn.Conv2d | nn.BatchNorm2d))
    for convolution, following in pairwise(plain):
        if isinstance(following, nn.BatchNorm2d):
            yield convolution, following


def _number(name: str, stored: dict[str, Any], makers: dict[str, NodeProto]) -> Tensor:
    """An initializer as floating point, through its DequantizeLinear (ONNX operator set 17) where it has one."""
    if name in stored:
        return torch.from_numpy(np.array(stored[name], np.float32))
    whole, scale, zero = (np.asarray(stored[each], np.float32) for each in makers[name].input)
    shape = (-1,) + (1,) * (whole.ndim - 1)
    return torch.from_numpy((whole - zero.reshape(shape)) * scale.reshape(shape))


def _spread(network: LineNetwork, lines: list[Tensor]) -> None:
    """Give every batch normalisation the mean and variance of what comes in, and let its scale undo them."""
    sums = {each: torch.zeros(3, each.num_features, dtype=torch.float64) for _, each in _normalised(network)}

    def add(module: nn.Module, taken: tuple[Tensor, ...]) -> None:
        values = taken[0].double()
        sums[cast(nn.BatchNorm2d, module)] += torch.stack(
            [torch.full((values.shape[1],), values[:, 0].numel()), values.sum((0, 2, 3)), (values**2).sum((0, 2, 3))]
        )

    hooks = [each.register_forward_pre_hook(add) for each in sums]
    for batch in lines:
        network(batch)
    for hook in hooks:
        hook.remove()
    for each, (count, total, squares) in sums.items():
        mean = total / count
        variance = squares / count - mean**2
        each.running_mean, each.running_var = mean.float(), variance.float()
        slope = each.weight / (1 + each.eps) ** 0.5  # from what comes in to what is to go out
        each.bias.add_(slope * each.running_mean)
        each.weight.copy_(slope * (each.running_var + each.eps).sqrt())
