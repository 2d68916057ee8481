"""The float network and its training."""
import torch
from torch import nn

import glyphs

# Channels of the first convolution and after each depthwise-separable block; a block's stride.
FIRST = 24
BLOCKS = [(48, 1), (72, 2), (96, 1)]


def unit(inputs, outputs, kernel, stride, groups):
    return nn.Sequential(Same(kernel, stride), nn.Conv2d(inputs, outputs, kernel, stride, groups=groups, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class Same(nn.Module):
    """TFLite's padding SAME: what is missing is added evenly, the odd one at the end."""

    def __init__(self, kernel, stride):
        super().__init__()
        self.kernel, self.stride = kernel, stride

    def forward(self, x):
        extent = x.shape[2]
        total = max((-(-extent // self.stride) - 1) * self.stride + self.kernel - extent, 0)
        return nn.functional.pad(x, (total // 2, total - total // 2) * 2)


def build():
    layers = [unit(1, FIRST, 3, 2, 1)]
    inputs = FIRST
    for outputs, stride in BLOCKS:
        layers += [unit(inputs, inputs, 3, stride, inputs), unit(inputs, outputs, 1, 1, 1)]
        inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, 10))


def images(count, seed):
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(0, 10, (count,), generator=generator)
    return torch.cat([glyphs.draw(part, 28, generator) for part in labels.split(512)]), labels


def real(pixels):
    """Bytes to the numbers that the network takes; (pixel - 0) / 255, as the exported metadata says."""
    return pixels[:, None].float() / 255


def accuracy(network, pixels, labels):
    network.eval()
    with torch.no_grad():
        return sum(int((network(real(x)).argmax(1) == y).sum()) for x, y in zip(pixels.split(512), labels.split(512))) / len(labels)


def train(count, epochs):
    torch.manual_seed(1)
    pixels, labels = images(count, seed=2)
    tests = images(4000, seed=3)
    network = build()
    optimizer = torch.optim.Adam(network.parameters(), weight_decay=1e-5)
    steps = epochs * (count // 128)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 8e-3, total_steps=steps)
    loss = nn.CrossEntropyLoss(label_smoothing=0.02)
    for epoch in range(epochs):
        network.train()
        for part in torch.randperm(count)[: count // 128 * 128].split(128):
            optimizer.zero_grad()
            loss(network(real(pixels[part])), labels[part]).backward()
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1}: {accuracy(network, *tests):.4f} of the test digits right", flush=True)
    return network
