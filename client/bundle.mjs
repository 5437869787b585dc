// Bundles the browser client, for modules and for require, with its types.
// Usage: node client/bundle.mjs
// Output: bin/client
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeDeclarations } from '../projenrc/declarations.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = `${root}bin/client`;

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
const licence = (await readFile(`${root}node_modules/partysocket/LICENSE.txt`, 'utf8')).trim();
for (const [format, extension] of [['esm', 'mjs'], ['cjs', 'cjs']]) {
  await build({
    absWorkingDir: root,
    entryPoints: ['client/index.ts'],
    outfile: `${output}/index.${extension}`,
    bundle: true,
    format,
    target: 'es2022',
    platform: 'neutral',
    minify: true,
    // What partysocket keeps to itself.
    mangleProps: /^_[a-z]/i,
    // The licence of what is bundled travels with it, in a file of its own.
    banner: { js: '// Holds partysocket: see LICENSE-partysocket.txt' },
    logLevel: 'warning',
  });
}
await writeFile(`${output}/LICENSE-partysocket.txt`, `${licence}\n`);
await writeDeclarations(`${root}client/index.ts`, `${root}client`, output);
