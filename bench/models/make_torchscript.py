#!/usr/bin/env python3
"""Writes ResNet-18 with seeded random weights, quantized by PyTorch's eager post-training quantization and traced, for bench/Qnn.Bench --torch FOLDER. Needs python3-torch.

The ONNX forms of the same network are written into the same folder by make_convolutional.py.
"""
import argparse
import pathlib
import warnings

import torch
import torch.ao.quantization as quantization
import torch.nn as nn

warnings.filterwarnings("ignore")


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1, self.bn1, self.relu1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
        self.conv2, self.bn2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)) if stride > 1 else nn.Identity()
        self.add = nn.quantized.FloatFunctional()

    def forward(self, x):
        y = self.bn2(self.conv2(self.relu1(self.bn1(self.conv1(x)))))
        return self.add.add_relu(y, self.shortcut(x))

    def fuse(self):
        quantization.fuse_modules(self, [["conv1", "bn1", "relu1"], ["conv2", "bn2"]], inplace=True)
        if isinstance(self.shortcut, nn.Sequential):
            quantization.fuse_modules(self.shortcut, ["0", "1"], inplace=True)


class ResNet18(nn.Module):
    def __init__(self):
        super().__init__()
        self.quant, self.dequant = quantization.QuantStub(), quantization.DeQuantStub()
        self.conv, self.bn, self.relu, self.pool = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1)
        extents = [(64, 64, 1), (64, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1), (256, 512, 2), (512, 512, 1)]
        self.blocks = nn.Sequential(*(BasicBlock(*e) for e in extents))
        self.mean, self.fc = nn.AdaptiveAvgPool2d(1), nn.Linear(512, 1000)

    def forward(self, x):
        x = self.blocks(self.pool(self.relu(self.bn(self.conv(self.quant(x))))))
        return self.dequant(self.fc(torch.flatten(self.mean(x), 1)))

    def fuse(self):
        quantization.fuse_modules(self, ["conv", "bn", "relu"], inplace=True)
        for block in self.blocks:
            block.fuse()
        return self


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    # Weights are packed while they are converted, which needs an engine; each packs them anew when it reads the file.
    torch.backends.quantized.engine = next(e for e in ("fbgemm", "onednn", "qnnpack") if e in torch.backends.quantized.supported_engines)
    with torch.no_grad():
        module = ResNet18().eval().fuse()
        module.qconfig = quantization.get_default_qconfig("fbgemm")
        quantization.prepare(module, inplace=True)
        for _ in range(4):
            module(torch.randn(1, 3, 224, 224))
        quantization.convert(module, inplace=True)
        torch.jit.save(torch.jit.trace(module, torch.randn(1, 3, 224, 224)), str(folder / "resnet18.pt"))


if __name__ == "__main__":
    main()
