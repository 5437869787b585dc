// Writes the declarations of a module and of what they import, file by file, without checking types: that is done elsewhere.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import typescript from 'typescript';

const IMPORT = /(?:from|import\()\s*["'](\.[^"']*)["']/g;

/** Writes to `output` the declarations of a file below `root`, and of every file that they import. */
export async function writeDeclarations(entry, root, output) {
  const written = new Set();
  const write = async file => {
    if (written.has(file)) {
      return;
    }
    written.add(file);
    const { outputText, diagnostics } = typescript.transpileDeclaration(await readFile(file, 'utf8'), {
      fileName: file,
      reportDiagnostics: true,
      compilerOptions: { declaration: true, isolatedDeclarations: true, stripInternal: true, target: typescript.ScriptTarget.ES2022 },
    });
    if (diagnostics?.length) {
      throw new Error(typescript.formatDiagnostics(diagnostics, { getCanonicalFileName: name => name, getCurrentDirectory: () => root, getNewLine: () => '\n' }));
    }
    const target = join(output, relative(root, file)).replace(/\.ts$/, '.d.ts');
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, outputText);
    await Promise.all([...outputText.matchAll(IMPORT)].map(([, path]) => write(`${resolve(dirname(file), path)}.ts`)));
  };
  await write(entry);
}
