#!/usr/bin/env python3
"""Writes recurrent layers with seeded random weights, 64 steps of 128 numbers into 256: ONNX ones for bench/Qnn.Bench --onnx FOLDER, PyTorch's for --torch FOLDER --shapes 64x1x128. Needs python3-onnx and python3-torch.

ONNX: LSTM, GRU (both forms) and RNN of one sequence and of eight, com.microsoft's DynamicQuantizeLSTM. PyTorch: LSTM and GRU, float and quantized by quantize_dynamic, of any number of sequences.
"""
import argparse
import pathlib
import warnings

import numpy as np
import torch
import torch.ao.quantization as quantization
import torch.nn as nn
from onnx import TensorProto, helper, numpy_helper, save

warnings.filterwarnings("ignore")
STEPS, INPUTS, HIDDEN = 64, 128, 256
RANDOM = np.random.RandomState(1)


def weights(*shape):
    return (RANDOM.uniform(-1, 1, shape) / np.sqrt(HIDDEN)).astype(np.float32)


def write_onnx(path, op, gates, batch, constants, domain="", **attributes):
    inputs = ["x", "w", "r", "b"] + ([""] * 4 + ["ws", "wz", "rs", "rz"] if domain else [])
    node = helper.make_node(op, inputs, ["y"], domain=domain, hidden_size=HIDDEN, **attributes)
    graph = helper.make_graph(
        [node], path.stem, [helper.make_tensor_value_info("x", TensorProto.FLOAT, [STEPS, batch, INPUTS])], [helper.make_tensor_value_info("y", TensorProto.FLOAT, [STEPS, 1, batch, HIDDEN])],
        [numpy_helper.from_array(v, k) for k, v in constants.items()])
    opsets = [helper.make_opsetid("", 14)] + ([helper.make_opsetid(domain, 1)] if domain else [])
    save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)


def write_onnx_layers(folder):
    for batch in (1, 8):
        for name, op, gates, attributes in (("lstm", "LSTM", 4, {}), ("gru", "GRU", 3, {}), ("gru_linear", "GRU", 3, {"linear_before_reset": 1}), ("rnn", "RNN", 1, {})):
            constants = {"w": weights(1, gates * HIDDEN, INPUTS), "r": weights(1, gates * HIDDEN, HIDDEN), "b": weights(1, 2 * gates * HIDDEN)}
            write_onnx(folder / f"{name}_{batch}.onnx", op, gates, batch, constants, **attributes)
        quantized = {
            "w": RANDOM.randint(-127, 128, (1, INPUTS, 4 * HIDDEN)).astype(np.int8), "r": RANDOM.randint(-127, 128, (1, HIDDEN, 4 * HIDDEN)).astype(np.int8), "b": weights(1, 8 * HIDDEN),
            "ws": np.full(1, 1 / 2032, np.float32), "wz": np.zeros(1, np.int8), "rs": np.full(1, 1 / 2032, np.float32), "rz": np.zeros(1, np.int8)}
        write_onnx(folder / f"lstm_dynamic_{batch}.onnx", "DynamicQuantizeLSTM", 4, batch, quantized, domain="com.microsoft")


def write_torch_layers(folder):
    torch.manual_seed(1)
    torch.backends.quantized.engine = next(e for e in ("fbgemm", "onednn", "qnnpack") if e in torch.backends.quantized.supported_engines)

    class Reader(nn.Module):
        def __init__(self, layer):
            super().__init__()
            self.layer = layer(INPUTS, HIDDEN)

        def forward(self, x):
            return self.layer(x)[0]

    with torch.no_grad():
        for name, layer in (("lstm", nn.LSTM), ("gru", nn.GRU)):
            module = Reader(layer).eval()
            torch.jit.save(torch.jit.trace(module, torch.randn(STEPS, 1, INPUTS)), str(folder / f"{name}.pt"))
            torch.jit.save(torch.jit.script(quantization.quantize_dynamic(module, {layer})), str(folder / f"{name}_dynamic.pt"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    write_onnx_layers(folder)
    write_torch_layers(folder)


if __name__ == "__main__":
    main()
