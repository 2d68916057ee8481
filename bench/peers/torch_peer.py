#!/usr/bin/env python3
"""PyTorch as a contender of bench/Qnn.Bench: reads commands from standard input, a line each, and answers with a line each. Needs python3-torch.

    engines                              the quantized engines that this PyTorch has, behind its version
    load PATH ENGINE THREADS SHAPE...    a TorchScript file; a shape, as 1x3x224x224, for each of its inputs, which are random floats
    run WARM COUNT                       calls that are not measured, then the milliseconds of each of COUNT calls
"""
import sys
import time
import warnings

import torch

warnings.filterwarnings("ignore")


class Peer:
    def engines(self):
        return " ".join([torch.__version__, *(e for e in torch.backends.quantized.supported_engines if e != "none")])

    def load(self, path, engine, threads, *shapes):
        torch.set_num_threads(int(threads))
        # Weights are packed for the engine when they are read.
        torch.backends.quantized.engine = engine
        self.module = torch.jit.load(path).eval()
        self.inputs = [torch.rand([int(e) for e in shape.split("x")]) * 2 - 1 for shape in shapes]
        return "loaded"

    def run(self, warm, count):
        for _ in range(int(warm)):
            self.module(*self.inputs)
        times = []
        for _ in range(int(count)):
            start = time.perf_counter()
            self.module(*self.inputs)
            times.append((time.perf_counter() - start) * 1e3)
        return " ".join(map(repr, times))


def main():
    peer = Peer()
    with torch.no_grad():
        for line in sys.stdin:
            command, *arguments = line.rstrip("\n").split("\t")
            try:
                answer = getattr(peer, command)(*arguments)
            except RuntimeError as fault:
                answer = f"error {str(fault).splitlines()[0]}"
            print(answer, flush=True)


if __name__ == "__main__":
    main()
