// Bundles the local runtime with all its libraries into bin/lambdaless.js.
// Usage: node local/bundle.mjs        Output: bin/lambdaless.js and its source map
import { build } from 'esbuild';
import { chmod } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const outfile = `${root}bin/lambdaless.js`;

await build({
  absWorkingDir: root,
  entryPoints: ['local/cli/index.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'linked',
  sourcesContent: false,
  minifySyntax: true,
  legalComments: 'linked',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
await chmod(outfile, 0o755);
