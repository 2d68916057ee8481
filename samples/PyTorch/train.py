"""Trains a small network on drawn shapes, quantizes it, and writes shapes.pt, labels.txt and golden/. Needs PyTorch 1.13 or newer: python3 train.py"""
import json
import pathlib
import zipfile

import torch
from torch import nn
from torch.ao import quantization

HERE = pathlib.Path(__file__).parent
LABELS = ["circle", "square", "triangle", "cross"]
SIZE = 32


def draw(label, generator):
    """A filled shape of any color on a ground of any other, pixels from 0 to 255."""
    def number(low, high):
        return low + (high - low) * torch.rand(1, generator=generator).item()

    y, x = torch.meshgrid(torch.arange(SIZE), torch.arange(SIZE), indexing="ij")
    x, y, r = x - number(12, 19), y - number(12, 19), number(7, 11)
    inside = {
        "circle": x * x + y * y <= r * r,
        "square": (x.abs() <= 0.85 * r) & (y.abs() <= 0.85 * r),
        "triangle": (y <= 0.8 * r) & (y >= 2 * x.abs() - r),
        "cross": ((x.abs() <= r / 4) | (y.abs() <= r / 4)) & (x.abs() <= r) & (y.abs() <= r),
    }[LABELS[label]]
    ground, color = torch.rand(2, 3, generator=generator) * 255
    while (ground - color).abs().max() < 90:
        color = torch.rand(3, generator=generator) * 255
    picture = torch.where(inside, color[:, None, None], ground[:, None, None])
    return (picture + torch.randn(3, SIZE, SIZE, generator=generator) * 6).clamp(0, 255).round()


def strip_locations(path):
    """Takes out of an archive where on this machine its code was traced."""
    with zipfile.ZipFile(path) as archive:
        records = [(name, archive.read(name)) for name in archive.namelist() if not name.endswith(".debug_pkl")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in records:
            archive.writestr(zipfile.ZipInfo(name), data)


class Network(nn.Module):
    def __init__(self):
        super().__init__()

        def block(inputs, outputs, stride):
            return [nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]

        self.quant, self.dequant = quantization.QuantStub(), quantization.DeQuantStub()
        self.features = nn.Sequential(*block(3, 16, 2), *block(16, 32, 2), *block(32, 64, 2))
        self.classifier = nn.Linear(64, len(LABELS))

    def forward(self, x):
        x = self.features(self.quant(x / 255))
        return self.dequant(self.classifier(x.mean([2, 3])))


def main():
    torch.manual_seed(1)
    torch.backends.quantized.engine = "qnnpack"
    generator = torch.Generator().manual_seed(2)
    labels = torch.arange(2000) % len(LABELS)
    pictures = torch.stack([draw(label, generator) for label in labels.tolist()])
    network = Network()
    optimizer = torch.optim.Adam(network.parameters(), 3e-3)
    for epoch in range(12):
        for part in torch.randperm(len(labels), generator=generator).split(50):
            optimizer.zero_grad()
            nn.functional.cross_entropy(network(pictures[part]), labels[part]).backward()
            optimizer.step()
    network.eval()
    quantization.fuse_modules(network.features, [[str(3 * i + j) for j in range(3)] for i in range(3)], inplace=True)
    network.qconfig = quantization.get_default_qconfig("qnnpack")
    quantization.prepare(network, inplace=True)
    network(pictures[:500])
    quantization.convert(network, inplace=True)
    print("right:", (network(pictures).argmax(1) == labels).float().mean().item())
    torch.jit.trace(network, pictures[:1]).save(str(HERE / "shapes.pt"))
    strip_locations(HERE / "shapes.pt")
    (HERE / "labels.txt").write_text("\n".join(LABELS) + "\n")
    cases = []
    for i in range(8):
        picture = draw(i % len(LABELS), generator)[None]
        picture.numpy().tofile(HERE / f"golden/{i}.in.bin")
        network(picture).detach().numpy().tofile(HERE / f"golden/{i}.out.bin")
        cases.append({"name": str(i), "inputs": [{"file": f"{i}.in.bin"}], "outputs": [{"file": f"{i}.out.bin"}]})
    (HERE / "golden/golden.json").write_text(json.dumps({"cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
