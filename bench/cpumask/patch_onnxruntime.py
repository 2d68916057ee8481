#!/usr/bin/env python3
"""Writes a copy of ONNX Runtime's library that finds no AVX-512, for machines whose CPUID cannot fault (see cpumask.c).

    patch_onnxruntime.py libonnxruntime.so COPY [--avxvnni]

Where the library reads XCR0, the bits for AVX-512's registers are cleared; unless --avxvnni is given, its test of AVX-VNNI fails as well.
Put the copy in the place of the library in a copy of bench/Qnn.Bench's output, and race with --kernels avx2 or avxvnni.
"""
import argparse
import pathlib
import sys

# xgetbv; mov eax, eax; shl rdx, 32: the second instruction is not needed, and gives way to and al, 0x1f.
READS_XCR0, CLEARS_AVX512 = bytes.fromhex("0f01d089c048c1e220"), bytes.fromhex("0f01d0241f48c1e220")
# cpuid; test al, 0x10; je: of leaf 7.1.
TESTS_AVX_VNNI, FAILS = bytes.fromhex("0fa2a81074"), bytes.fromhex("0fa2a80074")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=pathlib.Path)
    parser.add_argument("copy", type=pathlib.Path)
    parser.add_argument("--avxvnni", action="store_true", help="leave AVX-VNNI")
    arguments = parser.parse_args()
    library = arguments.library.read_bytes()
    reads, tests = library.count(READS_XCR0), library.count(TESTS_AVX_VNNI)
    if reads == 0 or tests == 0:
        sys.exit("This build of the library asks the CPU in another way.")
    library = library.replace(READS_XCR0, CLEARS_AVX512)
    if not arguments.avxvnni:
        library = library.replace(TESTS_AVX_VNNI, FAILS)
    arguments.copy.write_bytes(library)
    print(f"{reads} readings of XCR0 and {0 if arguments.avxvnni else tests} tests of AVX-VNNI changed")


if __name__ == "__main__":
    main()
