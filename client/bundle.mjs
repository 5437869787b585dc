// Bundles the browser client, for modules and for require, with its types.
// Usage: node client/bundle.mjs
// Output: bin/client
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeDeclarations } from '../projenrc/declarations.mjs';
import { writeThirdParty } from '../projenrc/third-party.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = `${root}bin/client`;

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
for (const [format, extension] of [['esm', 'mjs'], ['cjs', 'cjs']]) {
  const { metafile } = await build({
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
    banner: { js: '// Holds partysocket: see THIRD-PARTY-LICENSES.txt' },
    metafile: true,
    logLevel: 'warning',
  });
  writeThirdParty(Object.keys(metafile.inputs), root, output);
}
await writeDeclarations(`${root}client/index.ts`, `${root}client`, output);
