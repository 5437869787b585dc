// Bundles the local runtime with all its libraries.
// Usage: node local/bundle.mjs
// Output: in bin/, lambdaless.js and testing with what both are made of: runtime.js, its source map, node-runtime, inspector, and THIRD-PARTY-LICENSES.txt
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, cp, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundlePage } from './inspector/bundle-page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = `${root}bin/lambdaless.js`;
const { version, peerDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['local/index.ts'],
  outfile: `${root}bin/runtime.js`,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'linked',
  sourcesContent: false,
  define: { LAMBDALESS_VERSION: JSON.stringify(version), LAMBDALESS_PEERS: JSON.stringify(peerDependencies) },
  // Names stay, so that stack traces still say where something failed.
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
await writeFile(command, "#!/usr/bin/env node\nrequire('./runtime.js').runCommand();\n");
await chmod(command, 0o755);
await writeFile(`${root}bin/testing.js`, "exports.startLocal = require('./runtime.js').startLocal;\n");
// What functions run in is read as it stands, by processes of their own.
await cp(`${root}local/services/lambda/node-runtime`, `${root}bin/node-runtime`, { recursive: true });
const pageInputs = await bundlePage(`${root}bin/inspector`);
await writeFile(`${root}bin/THIRD-PARTY-LICENSES.txt`, licences([...Object.keys(metafile.inputs), ...pageInputs]));

/** The licence of every package that the bundle holds a part of, as each asks for. */
function licences(inputs) {
  const packages = new Set(inputs.flatMap(input => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  return [...packages].sort().map(name => {
    const directory = `${root}node_modules/${name}`;
    const manifest = JSON.parse(readFileSync(`${directory}/package.json`, 'utf8'));
    const own = readdirSync(directory).find(entry => /^licen[cs]e/i.test(entry));
    // Some have theirs in their repository alone.
    const file = own ? `${directory}/${own}` : `${root}local/licences/${name.replace('/', '+')}.txt`;
    if (!existsSync(file)) {
      throw new Error(`${name} has no licence file: put the terms under which it is bundled into local/licences.`);
    }
    return `${name} ${manifest.version} (${manifest.license})\n\n${readFileSync(file, 'utf8').trim()}\n`;
  }).join(`\n${'-'.repeat(80)}\n\n`);
}
