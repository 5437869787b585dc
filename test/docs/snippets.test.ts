import { readFileSync } from 'fs';
import { join } from 'path';
import typescript from 'typescript';
import { ROOT } from './named-tests';

/** The pages whose snippets are complete modules. Those of the README and of doc comments are compiled by jsii-rosetta. */
const PAGES = ['client', 'testing'];

const { options } = typescript.parseJsonConfigFileContent(typescript.readConfigFile(join(ROOT, 'tsconfig.dev.json'), file => readFileSync(file, 'utf8')).config, typescript.sys, ROOT);

test.each(PAGES)('every snippet of docs/%s.md compiles', page => {
  const text = readFileSync(join(ROOT, `docs/${page}.md`), 'utf8');
  const snippets = new Map([...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, snippet], index) => [join(ROOT, `docs/${page}-${index}.ts`), snippet]));
  expect(snippets.size).toBeGreaterThan(0);
  const host = typescript.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = file => snippets.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => snippets.has(file) ? typescript.createSourceFile(file, snippets.get(file)!, rest[0]) : getSourceFile(file, ...rest);
  // Top-level await is for modules of today, as a bundler takes them.
  const bundled = { module: typescript.ModuleKind.ESNext, moduleResolution: typescript.ModuleResolutionKind.Bundler };
  const program = typescript.createProgram([...snippets.keys()], { ...options, ...bundled, noEmit: true, incremental: false, noUnusedLocals: false }, host);
  const problems = [...snippets.keys()].flatMap(file => typescript.getPreEmitDiagnostics(program, program.getSourceFile(file)));
  expect(problems.map(({ messageText, file, start }) => `${file?.fileName}:${file && start ? file.getLineAndCharacterOfPosition(start).line + 1 : ''} ${typescript.flattenDiagnosticMessageText(messageText, '\n')}`)).toEqual([]);
}, 120_000);

test('every code of the client is in its page', () => {
  const [, codes] = /export type ProblemCode =([\s\S]*?);/.exec(readFileSync(join(ROOT, 'client/client-problem.ts'), 'utf8'))!;
  const page = readFileSync(join(ROOT, 'docs/client.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code);
  expect(listed.sort()).toEqual([...codes.matchAll(/'(\w+)'/g)].map(([, code]) => code).sort());
});
