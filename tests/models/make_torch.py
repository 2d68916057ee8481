#!/usr/bin/env python3
"""Writes small quantized TorchScript models, each into a folder with its inputs and a golden.json that lacks the outputs. Needs python3-torch (1.13) and numpy.

The outputs that lie beside them in this repository are libtorch 2.10's, by its engines fbgemm (`file`), qnnpack, onednn and x86 (`others`, where they differ), MKL being told to take its code for AVX2.
Between them the models are made in every way that PyTorch knows: eager, FX, QAT, dynamic, weights only; traced, scripted, frozen.
"""
import json
import pathlib
import sys
import warnings
import zlib
from typing import List, NamedTuple

import torch
import torch.ao.quantization as quantization
import torch.nn as nn
import torch.nn.functional as F
from torch.ao.quantization import quantize_fx
from torch.utils import mobile_optimizer

from strip_debug import strip

warnings.filterwarnings("ignore")
torch.backends.quantized.engine = "onednn"
rand = torch.randn
MODELS = {}


def model(make):
    """A function that returns a module that is ready to be saved, and example inputs."""
    MODELS[make.__name__] = make
    return make


def qconfig(per_channel=True, reduce_range=False):
    weights = quantization.default_per_channel_weight_observer if per_channel else quantization.default_weight_observer
    return quantization.QConfig(activation=quantization.MinMaxObserver.with_args(reduce_range=reduce_range), weight=weights)


def with_statistics(module):
    for part in module.modules():
        if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)):
            part.running_mean.uniform_(-0.5, 0.5)
            part.running_var.uniform_(0.5, 2)
            part.weight.data.uniform_(0.5, 1.5)
            part.bias.data.uniform_(-0.5, 0.5)
    return module.eval()


def calibrate(module, inputs):
    module(*inputs)
    for _ in range(3):
        module(*[torch.randn_like(i) if i.is_floating_point() else i for i in inputs])


def eager(module, inputs, fuse=(), **options):
    module = with_statistics(module)
    if fuse:
        quantization.fuse_modules(module, [list(f) for f in fuse], inplace=True)
    module.qconfig = qconfig(**options)
    quantization.prepare(module, inplace=True)
    calibrate(module, inputs)
    return quantization.convert(module, inplace=True)


def fx(module, inputs, **options):
    config = qconfig(**options)
    mapping = quantization.get_default_qconfig_mapping("fbgemm").set_global(config)
    for kind in (nn.Conv2d, nn.Linear, nn.BatchNorm2d, nn.ReLU, F.relu):
        mapping.set_object_type(kind, config)
    prepared = quantize_fx.prepare_fx(with_statistics(module), mapping, tuple(inputs))
    calibrate(prepared, inputs)
    return quantize_fx.convert_fx(prepared)


def dynamic(module, *kinds):
    return quantization.quantize_dynamic(module.eval(), set(kinds))


def weights_only(module, config=quantization.float_qparams_weight_only_qconfig):
    module = module.eval()
    module.qconfig = config
    quantization.prepare(module, inplace=True)
    return quantization.convert(module, inplace=True)


def trace(module, inputs):
    return torch.jit.trace(module, tuple(inputs), check_trace=False)


class Stubs(nn.Module):
    """Quantizes what its layer takes, and dequantizes what it gives."""

    def __init__(self, layer):
        super().__init__()
        self.quant, self.layer, self.dequant = quantization.QuantStub(), layer, quantization.DeQuantStub()

    def forward(self, x):
        return self.dequant(self.layer(self.quant(x)))


def block(inputs, outputs, kernel, stride=1, groups=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class Boxes(NamedTuple):
    places: torch.Tensor
    scores: torch.Tensor


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.quant, self.conv, self.dequant = quantization.QuantStub(), nn.Conv2d(3, 8, 3), quantization.DeQuantStub()

    def forward(self, x) -> Boxes:
        y = self.dequant(self.conv(self.quant(x)))
        boxes = Boxes(y[:, :4], torch.softmax(y[:, 4:], dim=1))
        return Boxes(boxes.places * 2.0, boxes.scores)


@model
def scripted_named_tuple():
    inputs = [rand(1, 3, 8, 8)]
    return torch.jit.script(eager(Head(), inputs)), inputs


class Flow(nn.Module):
    def __init__(self):
        super().__init__()
        self.quant, self.first, self.dequant = quantization.QuantStub(), nn.Conv2d(3, 4, 1), quantization.DeQuantStub()
        self.convs = nn.ModuleList([nn.Conv2d(4, 4, 3, padding=1, padding_mode="reflect") for _ in range(3)])

    def forward(self, x):
        if x.dim() == 3:
            x = x.unsqueeze(0)
        y = self.first(self.quant(x))
        for i, conv in enumerate(self.convs):
            y = F.relu(conv(y))
            if y.size(2) > 6 and i % 2 == 0:
                y = F.max_pool2d(y, 2, ceil_mode=True)
        outputs: List[torch.Tensor] = []
        count = y.shape[1]
        while count > 1:
            outputs.append(self.dequant(y[:, :count].mean([2, 3])))
            count = count // 2
        return torch.cat(outputs, dim=1)


@model
def scripted_flow():
    inputs = [rand(1, 3, 13, 16)]
    return torch.jit.script(eager(Flow(), inputs)), inputs


@model
def frozen_flow():
    inputs = [rand(1, 3, 12, 17)]
    return torch.jit.freeze(torch.jit.script(eager(Flow(), inputs, per_channel=False)).eval()), inputs


class Functional(nn.Module):
    def __init__(self):
        super().__init__()
        self.quant, self.other, self.conv, self.dequant = quantization.QuantStub(), quantization.QuantStub(), nn.Conv2d(3, 6, 3, padding=1), quantization.DeQuantStub()
        self.add, self.mul, self.cat, self.shift, self.scale = [nn.quantized.FloatFunctional() for _ in range(5)]

    def forward(self, x, y):
        x, y = self.conv(self.quant(x)), self.other(y)
        total = self.add.add(x, y)
        together = self.shift.add_scalar(self.cat.cat([total, self.mul.mul(total, x), y], dim=1), 0.3)
        return self.dequant(self.scale.mul_scalar(together, -1.7)), self.dequant(total)


@model
def scripted_functional():
    inputs = [rand(1, 3, 9, 7), rand(1, 6, 9, 7)]
    return torch.jit.script(eager(Functional(), inputs, per_channel=False)), inputs


class Shuffle(nn.Module):
    def __init__(self, channels):
        super().__init__()
        half = channels // 2
        self.branch = nn.Sequential(block(half, half, 1), nn.Conv2d(half, half, 3, 1, 1, groups=half, bias=False), nn.BatchNorm2d(half), block(half, half, 1))

    def forward(self, x):
        half = x.size(1) // 2
        y = torch.cat((x[:, :half], self.branch(x[:, half:])), dim=1)
        n, c, h, w = y.size(0), y.size(1), y.size(2), y.size(3)
        return y.view(n, 2, c // 2, h, w).transpose(1, 2).contiguous().view(n, c, h, w)


@model
def fx_shuffle():
    inputs = [rand(1, 3, 16, 16)]
    return torch.jit.script(fx(nn.Sequential(block(3, 16, 3, 2), Shuffle(16), nn.ChannelShuffle(4), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 7)), inputs, reduce_range=True)), inputs


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.quant, self.conv1, self.bn1, self.relu = quantization.QuantStub(), nn.Conv2d(3, 8, 7, 2, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU(inplace=True)
        self.conv2, self.bn2, self.down, self.bn3 = nn.Conv2d(8, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.Conv2d(8, 8, 1, 2, bias=False), nn.BatchNorm2d(8)
        self.add, self.fc, self.dequant = nn.quantized.FloatFunctional(), nn.Linear(8, 5), quantization.DeQuantStub()

    def forward(self, x):
        x = F.max_pool2d(self.relu(self.bn1(self.conv1(self.quant(x)))), 3, 2, 1)
        x = self.add.add_relu(self.bn2(self.conv2(x)), self.bn3(self.down(x)))
        return self.dequant(self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1)))


@model
def qat_residual():
    inputs = [rand(2, 3, 32, 32)]
    with torch.enable_grad():
        module = Residual().train()
        quantization.fuse_modules_qat(module, [["conv1", "bn1", "relu"], ["conv2", "bn2"], ["down", "bn3"]], inplace=True)
        module.qconfig = quantization.get_default_qat_qconfig("fbgemm")
        quantization.prepare_qat(module, inplace=True)
        optimizer = torch.optim.SGD(module.parameters(), 0.01)
        for _ in range(3):
            optimizer.zero_grad()
            module(rand(4, 3, 32, 32)).pow(2).mean().backward()
            optimizer.step()
    return torch.jit.script(quantization.convert(module.eval(), inplace=True)), inputs


class MeanOfRoots(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 37, 3)

    def forward(self, x):
        y = self.conv(x)
        return torch.sqrt(y.abs() + 1).sum((2, 3)), y.mean([2, 3]), torch.sqrt(y.abs() + 2).mean(1)


@model
def fx_float_tail():
    inputs = [rand(2, 3, 9, 8)]
    return trace(fx(MeanOfRoots(), inputs), inputs), inputs


@model
def eager_upsampling():
    inputs = [rand(1, 3, 5, 6)]
    layers = nn.Sequential(nn.Conv2d(3, 11, 1), nn.UpsamplingBilinear2d(size=(9, 13)), nn.Conv2d(11, 8, 1), nn.Upsample(scale_factor=(1.5, 2), mode="bilinear"), nn.UpsamplingNearest2d(scale_factor=2))
    return trace(eager(Stubs(layers), inputs), inputs), inputs


@model
def eager_conv1d():
    inputs = [rand(2, 4, 31)]
    layers = nn.Sequential(nn.Conv1d(4, 8, 5, padding=2, padding_mode="reflect"), nn.ReLU(), nn.Conv1d(8, 8, 3, 2, dilation=2, groups=4), nn.MaxPool1d(2), nn.Conv1d(8, 3, 1))
    return trace(eager(Stubs(layers), inputs), inputs), inputs


@model
def eager_conv3d():
    inputs = [rand(1, 4, 6, 9, 9)]
    return trace(eager(Stubs(nn.Sequential(nn.Conv3d(4, 8, 3, stride=(1, 2, 2), groups=2), nn.ReLU(), nn.AvgPool3d(2))), inputs), inputs), inputs


class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed, self.rnn, self.fc = nn.Embedding(40, 8), nn.GRU(8, 10, 2, bidirectional=True, batch_first=True), nn.Linear(20, 4)

    def forward(self, words):
        y, _ = self.rnn(self.embed(words))
        return self.fc(y)


@model
def dynamic_gru():
    inputs = [torch.randint(0, 40, (2, 5))]
    return torch.jit.script(dynamic(Reader(), nn.GRU, nn.Linear)), inputs


class PackedReader(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn, self.fc = nn.LSTM(6, 7, 2, batch_first=True, bidirectional=True), nn.Linear(14, 3)

    def forward(self, x, lengths):
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        outputs, (h, c) = self.rnn(packed)
        padded, _ = nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True, total_length=x.size(1))
        return self.fc(torch.cat([h[-2], h[-1]], 1)), padded


@model
def dynamic_packed_lstm():
    inputs = [rand(3, 5, 6), torch.tensor([3, 5, 2])]
    return torch.jit.script(dynamic(PackedReader(), nn.LSTM, nn.Linear)), inputs


@model
def traced_packed_lstm():
    inputs = [rand(2, 4, 6), torch.tensor([4, 2])]

    class Sorted(PackedReader):
        def forward(self, x, lengths):
            outputs, (h, c) = self.rnn(nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True))
            return self.fc(h[-1].repeat(1, 2)), nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True, total_length=4)[0]

    return trace(dynamic(Sorted(), nn.LSTM, nn.Linear), inputs), inputs


class Cells(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm, self.gru = nn.LSTMCell(6, 8), nn.GRUCell(8, 8)

    def forward(self, x):
        h = torch.zeros(x.size(1), 8)
        c, g, outputs = h, h, []
        for t in range(x.size(0)):
            h, c = self.lstm(x[t], (h, c))
            g = self.gru(h, g)
            outputs.append(g)
        return torch.stack(outputs)


@model
def dynamic_cells():
    inputs = [rand(5, 2, 6)]
    return torch.jit.script(dynamic(Cells(), nn.LSTMCell, nn.GRUCell)), inputs


class HalfPrecision(nn.Module):
    """Weights of half precision. They are packed while the model runs, as PyTorch packs them with FBGEMM only, which Debian's has not."""

    def __init__(self, inputs, outputs, state):
        super().__init__()
        parameter = lambda *shape: nn.Parameter(torch.randn(*shape) * 0.3)
        self.weight, self.bias = parameter(outputs, inputs), parameter(outputs)
        self.inputs, self.state, self.input_bias, self.state_bias = parameter(4 * state, outputs), parameter(4 * state, state), parameter(4 * state), parameter(4 * state)
        self.hidden = state

    def forward(self, x):
        y = torch.ops.quantized.linear_relu_dynamic_fp16(x, torch.ops.quantized.linear_prepack_fp16(self.weight, self.bias))
        cell = torch.ops.quantized.make_quantized_cell_params_fp16(
            torch.ops.quantized.linear_prepack_fp16(self.inputs, self.input_bias), torch.ops.quantized.linear_prepack_fp16(self.state, self.state_bias))
        zeros = torch.zeros([1, x.size(1), self.hidden])
        outputs, h, c = torch.quantized_lstm(y, [zeros, zeros], [cell], True, 1, 0.0, False, False, False, dtype=torch.float16, use_dynamic=True)
        return y, outputs, c


@model
def scripted_half_precision():
    inputs = [rand(3, 2, 530)]
    return torch.jit.script(HalfPrecision(530, 35, 9)), inputs


class FeedForward(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm, self.up, self.down = nn.LayerNorm(20), nn.Linear(20, 33), nn.Linear(33, 20)

    def forward(self, x):
        y = F.gelu(self.up(self.norm(x)))
        return torch.softmax(self.down(y), -1), F.silu(y).mean(1)


@model
def dynamic_feed_forward():
    inputs = [rand(2, 3, 20)]
    module = FeedForward().eval()
    return trace(quantization.quantize_dynamic(module, {nn.Linear: quantization.per_channel_dynamic_qconfig}), inputs), inputs


class Bags(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.kinds = nn.EmbeddingBag(40, 12, mode="sum"), nn.EmbeddingBag(20, 8, mode="sum")

    def forward(self, words, offsets):
        return torch.cat([self.words(words, offsets), self.kinds(words % 20, offsets)], 1)


@model
def embedding_bags_4bit():
    inputs = [torch.randint(0, 40, (11,)), torch.tensor([0, 3, 3, 8])]
    return torch.jit.script(weights_only(Bags(), quantization.float_qparams_weight_only_qconfig_4bit)), inputs


class Tables(nn.Module):
    def __init__(self):
        super().__init__()
        self.bag, self.rows = nn.EmbeddingBag(40, 12, mode="sum"), nn.Embedding(30, 6)

    def forward(self, words, weights):
        return self.bag(words, per_sample_weights=weights), self.rows(words % 30)


@model
def embedding_tables():
    inputs = [torch.randint(0, 40, (3, 5)), rand(3, 5)]
    return torch.jit.script(weights_only(Tables())), inputs


class Writer(nn.Module):
    """Tensors that are written in place, through views of them and from other places than they are read."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(6, 6)

    def forward(self, x):
        y = torch.zeros(x.size(0), 8, 6)
        rows = y[:, 2:4]
        y[:, :5] = self.fc(x)
        y[:, 5] = 1.0
        y[:, 6:, 2] = x[:, :2, 0] * 2
        y[0, 0] = y[0, 0] + 1
        y[:, ::3] += 0.5
        rows[:, 0].mul_(-1)
        y.transpose(1, 2)[:, 4, 1:3].fill_(7.0)
        y[y > 3] = 3.0
        y[torch.tensor([0, 1]), torch.tensor([-1, 4])] = x[:, 0]
        return y, rows, y[:, torch.tensor([[1], [6]]), torch.tensor([0, 5, -2])]


@model
def scripted_writes():
    inputs = [rand(2, 5, 6)]
    return torch.jit.script(dynamic(Writer(), nn.Linear)), inputs


class Patches(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second, self.last = nn.Linear(27, 12), nn.Linear(12, 12), nn.Linear(12, 29)

    def forward(self, x):
        y = self.first(F.unfold(x, 3, padding=1, stride=2).transpose(1, 2))
        picture = F.fold(self.second(y).transpose(1, 2), (6, 9), (2, 2), dilation=(1, 2), padding=(0, 1), stride=(1, 2))
        tiles = x.unfold(2, 2, 2).unfold(3, 2, 2).permute(0, 2, 3, 1, 4, 5).reshape(x.size(0), -1, 12)
        return picture, F.log_softmax(self.last(tiles), -1)


@model
def scripted_patches():
    inputs = [rand(2, 3, 9, 9)]
    return torch.jit.script(dynamic(Patches(), nn.Linear)), inputs


class Attention(nn.Module):
    """The weights of what stays float have a single element in a row, a power of two: no product is rounded, so that no order of sums matters."""

    def __init__(self):
        super().__init__()
        self.attention, self.fc = nn.MultiheadAttention(12, 3), nn.Linear(12, 7)
        for weight in (self.attention.in_proj_weight, self.attention.out_proj.weight):
            weight.data.zero_()
            for row in range(weight.size(0)):
                weight.data[row, torch.randint(0, 12, (1,))] = 2.0 ** (row % 3 - 1)

    def forward(self, x, mask):
        y, weights = self.attention(x, x, x, attn_mask=mask)
        z, _ = self.attention(x, x, x, need_weights=False)
        return self.fc(y + z), weights


@model
def scripted_attention():
    inputs = [rand(5, 2, 12), torch.triu(torch.full((5, 5), -1e4), 1)]
    return torch.jit.script(dynamic(Attention(), nn.Linear)), inputs


class Ties(nn.Module):
    """Few of many and many of few, most of them equal."""

    def forward(self, x):
        q = torch.quantize_per_tensor(x, 0.5, 128, torch.quint8)
        y = q.dequantize()
        flat = y.flatten(1)
        outputs = [y.topk(7, 2), y.topk(3, 1, largest=False), flat.topk(9), flat.topk(500), flat[:, :300].topk(300), flat[:, :40].topk(17), torch.topk(q.flatten(1), 20)]
        return tuple(part.dequantize() if part.is_quantized else part for pair in outputs for part in pair)


@model
def traced_ties():
    inputs = [rand(2, 9, 70)]
    return trace(Ties(), inputs), inputs


class Detector(nn.Module):
    """The head of a detector. Its counts of elements do not fill vectors."""

    def __init__(self):
        super().__init__()
        self.quant, self.conv, self.dequant = quantization.QuantStub(), nn.Conv2d(3, 15, 1), quantization.DeQuantStub()

    def forward(self, x):
        y = self.dequant(self.conv(self.quant(x)))
        n, _, height, width = y.shape
        halves = F.glu(y, 1) if y.size(1) % 2 == 0 else F.glu(y[:, 1:], 1)
        y = y.view(n, 3, 5, height, width).permute(0, 1, 3, 4, 2).contiguous().sigmoid()
        rows, columns = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
        grid = torch.stack((columns, rows), 2).view(1, 1, height, width, 2).float()
        y[..., 0:2] = (y[..., 0:2] * 2.0 - 0.5 + grid) * 8.0
        y[..., 2:4] = (y[..., 2:4] * 2) ** 2 * torch.tensor([[10.0, 13.0], [16.0, 30.0], [33.0, 23.0]]).view(1, 3, 1, 1, 2)
        return y.view(n, -1, 5), halves


@model
def traced_boxes():
    inputs = [rand(2, 3, 6, 7)]
    return trace(eager(Detector(), inputs), inputs), inputs


class Series(nn.Module):
    """Three axes: quantized elementwise functions keep no order of memory but the plain one, and pools round by it."""

    def __init__(self):
        super().__init__()
        self.quant, self.dequant = quantization.QuantStub(), quantization.DeQuantStub()
        self.first, self.second, self.last = nn.Conv1d(3, 16, 5, 2, 2), nn.Conv1d(16, 16, 3, padding=1, groups=16), nn.Linear(16, 5)
        self.rest = nn.Sequential(nn.MaxPool1d(2), nn.AvgPool1d(2), nn.AdaptiveAvgPool1d(4))

    def forward(self, x):
        y = torch.clamp(self.second(self.first(self.quant(x))), -0.7, 0.9)
        gate = F.glu(self.dequant(y), 1)
        pooled = F.avg_pool1d(y, 2)
        y = self.rest(y)
        means = y.mean(2)
        return self.dequant(self.last(means)), self.dequant(means), self.dequant(y), self.dequant(pooled), gate


@model
def eager_series():
    inputs = [rand(2, 3, 62)]
    return torch.jit.script(eager(Series(), inputs)), inputs


class Functions(nn.Module):
    """What QNNPACK computes by formulas of its own, numbers that come first, rarer functions."""

    def forward(self, x):
        q = torch.quantize_per_tensor(x * 1.7, 0.037, 119, torch.quint8)
        pooled = F.adaptive_avg_pool2d(q, [2, 1])
        tables = [torch.sigmoid(q), torch.tanh(q), F.hardsigmoid(q), torch.ops.quantized.hardswish(q, 0.0213, 31), F.adaptive_avg_pool2d(q, 1), pooled, q.mean([2, 3]), q.mean([-1, -2]), q.flatten(1).mean(1)]
        real = torch.cat([t.dequantize().flatten() for t in tables])
        scaled = torch.ops.quantized.mul(0.5, q).dequantize() + torch.ops.quantized.add(-1.5, q).dequantize()
        return real, scaled, F.rrelu(scaled, 0.1, 0.3), scaled.flatten(1).mT


@model
def scripted_engines():
    inputs = [rand(2, 7, 6, 6)]
    return torch.jit.script(Functions().eval()), inputs


@model
def eager_volume():
    """A pool to one box is a mean."""
    inputs = [rand(2, 3, 3, 9, 9)]
    layers = nn.Sequential(nn.Conv3d(3, 37, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool3d(1))
    return trace(eager(Stubs(layers), inputs), inputs), inputs


class Residuals(nn.Module):
    """Sums of tensors of one shape, which QNNPACK adds in integers."""

    def __init__(self):
        super().__init__()
        self.quant = quantization.QuantStub()
        self.first, self.second, self.third = nn.Conv2d(3, 16, 1), nn.Conv2d(16, 16, 3, padding=1), nn.Conv2d(16, 16, 1)
        self.sum, self.last = nn.quantized.FloatFunctional(), nn.quantized.FloatFunctional()

    def forward(self, x):
        x = self.first(self.quant(x))
        y = self.sum.add_relu(x, self.second(x))
        return y, self.last.add(self.third(y), y)


class Integers(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        y, z = self.inner(x)
        return y.int_repr(), z.int_repr()


@model
def eager_residuals():
    inputs = [rand(1, 3, 23, 24)]
    return torch.jit.script(Integers(eager(Residuals(), inputs, per_channel=False))), inputs


class Products(nn.Module):
    """Products of matrices by all ways to BLAS: large and small ones, rows, columns, batches, transposed in memory or not, with biases."""

    def __init__(self):
        super().__init__()
        self.qkv, self.out, self.head, self.one, self.wide, self.last = nn.Linear(24, 72), nn.Linear(24, 24), nn.Linear(24, 7), nn.Linear(24, 1), nn.Linear(24, 400), nn.Linear(400, 13)
        self.attention = nn.MultiheadAttention(24, 3, batch_first=True)

    def forward(self, x):
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, 3, 8).permute(2, 0, 3, 1, 4).unbind(0)
        y = torch.softmax(q @ k.transpose(-2, -1) / 8 ** 0.5, -1) @ v
        y = self.out(y.transpose(1, 2).reshape(b, t, 24))
        z, weights = self.attention(y, y, y)
        short = y[:, :5]
        return (z, weights, self.last(self.wide(y)), self.last(self.wide(y[:, 0])), self.head(y[:, 1]), self.head(y[1, 2]), self.one(y), torch.bmm(short, short.transpose(1, 2)), torch.bmm(short.transpose(1, 2), short),
                torch.addmm(self.head.bias, y[0], self.head.weight.t()), y[:1, :1] @ y[:, :, :].transpose(1, 2), torch.einsum("btd,bsd->bts", y, short), self.head.weight @ y[0, 0])


@model
def traced_products():
    inputs = [rand(2, 13, 24)]
    return trace(Products().eval(), inputs), inputs


@model
def dynamic_ties():
    """Data that lie a hair beside the middle of two integers: engines that add the zero point before they round find them in the middle."""
    inverse = 1 / torch.tensor(8.375 / 127)
    data = torch.cat([torch.tensor([-3.9375, 4.4375]), (torch.arange(-28, 38) + 0.5) / inverse])
    data = torch.stack([data, torch.nextafter(data, torch.tensor(9.0)), torch.nextafter(data, torch.tensor(-9.0))])
    inputs = [data.clamp(-3.9375, 4.4375)]
    return trace(dynamic(nn.Sequential(nn.Linear(68, 5)), nn.Linear), inputs), inputs


class Tail(nn.Module):
    """What segmentation networks do with floats behind their quantized part, on both orders of memory; 19 channels are vectors and some that are left."""

    def __init__(self):
        super().__init__()
        self.quant, self.conv, self.dequant, self.norm = quantization.QuantStub(), nn.Conv2d(3, 19, 1), quantization.DeQuantStub(), nn.BatchNorm2d(19)

    def forward(self, x):
        outputs = []
        y = self.dequant(self.conv(self.quant(x)))
        for z in (y, y.contiguous()):
            outputs += [self.norm(z), F.log_softmax(z, 1), F.log_softmax(z, 2), F.adaptive_avg_pool2d(z, 1), F.adaptive_avg_pool2d(z, (3, 2)), F.interpolate(z[:, :9], size=(11, 5), mode="bilinear", align_corners=False)]
        return tuple(outputs) + (F.interpolate(y, scale_factor=2, mode="bilinear", align_corners=False), torch.div(y[:, 0], 0.3, rounding_mode="trunc"))


@model
def traced_float_tail():
    inputs = [rand(1, 3, 7, 6)]
    module = with_statistics(Tail())
    for part in (module.quant, module.conv, module.dequant):
        part.qconfig = qconfig()
    quantization.prepare(module, inplace=True)
    calibrate(module, inputs)
    return trace(quantization.convert(module, inplace=True), inputs), inputs


class Recurrent(nn.Module):
    """Float layers that stand beside dynamic ones: attention whose projections are parts of one parameter, an LSTM whose states are inputs and as wide as its data, a GRU in both directions."""

    def __init__(self):
        super().__init__()
        self.attention, self.lstm = nn.MultiheadAttention(16, 2, batch_first=True), nn.LSTM(16, 16, batch_first=True)
        self.gru, self.head = nn.GRU(16, 6, batch_first=True, bidirectional=True), nn.Linear(16, 5)

    def forward(self, x, memory, h, c):
        y = self.attention(x, memory, memory, need_weights=False)[0]
        z, (h, c) = self.lstm(y, (h, c))
        return self.head(z), z, c, self.gru(memory)[0]


@model
def traced_float_recurrent():
    inputs = [rand(2, 5, 16), rand(2, 6, 16), rand(1, 2, 16), rand(1, 2, 16)]
    module = Recurrent()
    module.head = dynamic(nn.Sequential(module.head), nn.Linear)[0]
    return trace(module.eval(), inputs), inputs


class Convolutions(nn.Module):
    """Float convolutions by all ways to BLAS and oneDNN: small and strided ones, pictures and batches, groups of all kinds of extents, series, in both orders of memory."""

    def __init__(self):
        super().__init__()
        self.small, self.narrow, self.deep, self.patch = nn.Conv2d(3, 13, 3, padding=1), nn.Conv2d(3, 2, 3, stride=2), nn.Conv2d(40, 12, 3, padding=1), nn.Conv2d(3, 7, 4, stride=4)
        self.point, self.wide = nn.Conv2d(40, 24, 1), nn.Conv2d(320, 24, 1, stride=2)
        self.each, self.fours, self.eights, self.quarters, self.odd = (nn.Conv2d(40, o, 3, padding=1, groups=g) for o, g in ((40, 40), (40, 10), (40, 5), (8, 2), (30, 10)))
        self.series, self.steps = nn.Conv1d(40, 16, 4, padding=2, groups=2), nn.Conv1d(40, 16, 4, stride=4, bias=False)

    def forward(self, x, y):
        outputs = []
        for last in (False, True):
            a, b = (v.contiguous(memory_format=torch.channels_last) if last else v for v in (x, y))
            outputs += [self.small(a), self.narrow(a), self.patch(a), self.deep(b[:1]), self.deep(b), self.point(b), self.wide(torch.cat([b] * 8, 1))]
            outputs += [group(b) for group in (self.each, self.fours, self.eights, self.quarters, self.odd)]
        series = y.flatten(2)[:1]
        return torch.cat([o.flatten() for o in (*outputs, self.series(series), self.steps(series))])


@model
def traced_convolutions():
    inputs = [rand(1, 3, 9, 8), rand(2, 40, 4, 5)]
    return trace(Convolutions().eval(), inputs), inputs


class Layouts(nn.Module):
    """Parameters that do not lie row by row: channels last, seen from the other side, parts of one memory."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(8, 8, 3, padding=1, groups=8), nn.ReLU(), nn.ConvTranspose2d(8, 4, 2, 2)).to(memory_format=torch.channels_last)
        whole = rand(12, 16)
        self.register_buffer("part", whole[2:8])
        self.register_buffer("turned", whole[:6].t())
        self.register_buffer("gaps", whole[1::2])

    def forward(self, x):
        y = self.layers(x).flatten(2)[0, :, :64].reshape(16, 16)
        return y, y[:3] @ self.turned, y[:5, :6] @ self.part, y[:2] @ self.gaps.t(), torch.nn.functional.linear(y, self.part)


@model
def frozen_layouts():
    inputs = [rand(1, 3, 8, 8)]
    return torch.jit.freeze(trace(Layouts().eval(), inputs)), inputs


class Mobile(nn.Module):
    """Quantized layers before float ones, which torch.utils.mobile_optimizer replaces by XNNPACK's."""

    def __init__(self):
        super().__init__()
        self.quantized = nn.Sequential(quantization.QuantStub(), nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(), quantization.DeQuantStub())
        self.first = nn.Sequential(nn.Conv2d(8, 40, 3, stride=(1, 2), padding=1), nn.BatchNorm2d(40), nn.ReLU())
        self.depthwise = nn.Conv2d(40, 40, (3, 5), padding=(1, 2), stride=(2, 1), groups=40)
        self.groups = nn.Conv2d(40, 20, 1, groups=4)
        self.up = nn.ConvTranspose2d(20, 6, 3, 2, 1, 1)
        self.wide = nn.ConvTranspose2d(6, 36, 2, 2)
        self.linear, self.last = nn.Linear(36, 33), nn.Linear(33, 5)
        self.drop, self.bounded = nn.Dropout(), nn.Hardtanh(-0.5, 1.25)

    def forward(self, x):
        y = self.first(self.quantized(x))
        y = self.groups(self.bounded(self.depthwise(y))) + 0.25
        y = self.wide(torch.relu(self.up(y)))
        return self.last(self.drop(self.linear(y.mean([2, 3])))), y


@model
def mobile_layers():
    inputs = [rand(1, 3, 9, 8)]
    module = with_statistics(Mobile().eval())
    module.quantized.qconfig = qconfig()
    quantization.prepare(module, inplace=True)
    calibrate(module, inputs)
    return mobile_optimizer.optimize_for_mobile(torch.jit.script(quantization.convert(module, inplace=True))), inputs


def main():
    root = pathlib.Path(sys.argv[1])
    for name, make in MODELS.items():
        torch.manual_seed(zlib.crc32(name.encode()))
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        with torch.no_grad():
            module, inputs = make()
            cases = [inputs, [torch.randn_like(i) * 1.3 if i.is_floating_point() else i for i in inputs]]
        torch.jit.save(module, str(folder / "model.pt"))
        strip(folder / "model.pt")
        golden = {"name": name, "format": "torchscript", "model": ["model.pt"], "kernels": "libtorch2.10-fbgemm", "cases": []}
        for number, values in enumerate(cases):
            case = {"name": str(number), "inputs": []}
            for i, value in enumerate(values):
                file = f"input_{number}_{i}.bin"
                (folder / file).write_bytes(value.contiguous().numpy().tobytes())
                case["inputs"].append({"name": None, "file": file, "dtype": str(value.dtype).replace("torch.", ""), "shape": list(value.shape)})
            golden["cases"].append(case)
        (folder / "golden.json").write_text(json.dumps(golden))


if __name__ == "__main__":
    main()
