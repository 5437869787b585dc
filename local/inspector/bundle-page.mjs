// Bundles the inspector's page: node local/inspector/bundle-page.mjs [directory]
// Output: index.html.gz, inspector.js.gz and inspector.css.gz in bin/inspector, or in the directory
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles it, and gives the names of all files that it is made of. */
export async function bundlePage(directory) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['local/inspector/page/main.tsx', 'local/inspector/page/inspector.css'],
    outdir: directory,
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: ['chrome110', 'firefox115', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  await mkdir(directory, { recursive: true });
  const files = [
    ['index.html', await readFile(`${root}local/inspector/page/index.html`)],
    ...outputFiles.map(({ path, contents }) => [path.endsWith('.css') ? 'inspector.css' : 'inspector.js', contents]),
  ];
  await Promise.all(files.map(([name, contents]) => writeFile(`${directory}/${name}.gz`, gzipSync(contents, { level: constants.Z_BEST_COMPRESSION }))));
  return Object.keys(metafile.inputs);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await bundlePage(argv[2] ?? `${root}bin/inspector`);
}
