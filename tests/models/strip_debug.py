#!/usr/bin/env python3
"""Takes the source locations (*.debug_pkl) out of TorchScript archives: they name folders of the machine that traced them, and nothing here reads them.

    strip_debug.py FILE.pt ...
"""
import struct
import sys
import zipfile

# What torch.jit.save aligns records to, by an extra field of padding.
ALIGNMENT, PADDING, LOCAL_HEADER = 64, 0x4246, 30


def strip(path):
    """Rewrites an archive without its source locations; the other records stay as they are, stored and aligned."""
    with zipfile.ZipFile(path) as archive:
        records = [(entry.filename, archive.read(entry)) for entry in archive.infolist() if not entry.filename.endswith(".debug_pkl")]
    with open(path, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, data in records:
            entry = zipfile.ZipInfo(name)
            padding = -(file.tell() + LOCAL_HEADER + len(name.encode()) + 4) % ALIGNMENT
            entry.extra = struct.pack("<HH", PADDING, padding) + b"Z" * padding
            archive.writestr(entry, data)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        strip(argument)
