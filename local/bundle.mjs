// Bundles the local runtime with all its libraries.
// Usage: node local/bundle.mjs
// Output: in bin/, lambdaless.js and testing with what both are made of: runtime.js, its source map, node-runtime, inspector, THIRD-PARTY-LICENSES.txt and sbom.cdx.json
import { readFileSync } from 'node:fs';
import { chmod, cp, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundlePage } from './inspector/bundle-page.mjs';
import { writeThirdParty } from '../projenrc/third-party.mjs';

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
writeThirdParty([...Object.keys(metafile.inputs), ...pageInputs], root, `${root}bin`);
