"""Post-training quantization in TFLite's int8 scheme: weights symmetric (convolutions a scale a channel), activations with a zero point, int32 biases."""
from dataclasses import dataclass, field

import numpy as np
import torch

import network as net


@dataclass
class Quantization:
    scale: float
    zero_point: int


@dataclass
class Layer:
    kind: str  # conv, depthwise, pool, dense
    output: Quantization
    stride: int = 1
    relu: bool = False
    weight: np.ndarray = None  # int8: conv OHWI, depthwise 1HWO, dense OI
    scales: np.ndarray = None  # of the weights: one a channel, or one
    bias: np.ndarray = None  # int32
    shape: list = field(default_factory=list)  # of the output


def range_of(values):
    """The range from a calibration run, the rarest values left out: a few outliers would cost all others precision."""
    flat = values.flatten().numpy()
    return min(float(np.quantile(flat, 0.00002)), 0.0), max(float(np.quantile(flat, 0.99998)), 0.0)


def activation(low, high):
    scale = np.float32((high - low) / 255)
    return Quantization(float(scale), int(np.clip(round(-128 - low / float(scale)), -128, 127)))


def weights(values, per_channel):
    """Symmetric int8: the largest magnitude (of each output channel, the first axis) becomes 127."""
    largest = np.abs(values).reshape(len(values), -1).max(1) if per_channel else np.abs(values).max(keepdims=True).reshape(1)
    scales = (np.maximum(largest, 1e-6) / 127).astype(np.float32)
    shaped = scales.reshape([-1] + [1] * (values.ndim - 1))
    return np.clip(np.rint(values / shaped), -127, 127).astype(np.int8), scales


def folded(unit):
    """A convolution's weights and bias with the batch normalisation after it folded in."""
    convolution, norm = unit[1], unit[2]
    factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return (convolution.weight * factor.view(-1, 1, 1, 1)).detach().numpy(), (norm.bias - norm.running_mean * factor).detach().numpy()


def quantize(network, calibration):
    """The layers of the quantized network; its input is pixel - 128 at scale 1/255."""
    network.eval()
    source = Quantization(float(np.float32(1 / 255)), -128)
    layers = []
    with torch.no_grad():
        x = net.real(calibration)
        for part in network:
            x = part(x)
            if isinstance(part, torch.nn.AdaptiveAvgPool2d):
                layers.append(Layer("pool", source, shape=[1, 1, 1, x.shape[1]]))  # keeps its input's scale
            elif not isinstance(part, torch.nn.Flatten):
                layers.append(layer(part, x, source))
                source = layers[-1].output
    return layers


def layer(part, result, source):
    output = activation(*range_of(result))
    if isinstance(part, torch.nn.Linear):
        weight, scales = weights(part.weight.numpy(), per_channel=False)
        made = Layer("dense", output, weight=weight, scales=scales, shape=[1, result.shape[1]])
        bias = part.bias.numpy()
    else:
        values, bias = folded(part)
        depthwise = part[1].groups > 1
        weight, scales = weights(values, per_channel=True)
        weight = weight.transpose(1, 2, 3, 0) if depthwise else weight.transpose(0, 2, 3, 1)
        made = Layer("depthwise" if depthwise else "conv", output, part[1].stride[0], True, np.ascontiguousarray(weight), scales,
                     shape=[1, result.shape[2], result.shape[3], result.shape[1]])
    made.bias = np.rint(bias / (np.float64(source.scale) * made.scales)).astype(np.int32)
    return made
