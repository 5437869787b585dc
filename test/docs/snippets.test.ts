import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import typescript from 'typescript';
import { ROOT } from './named-tests';

/** Snippets of all pages in docs/. Those of the README and of doc comments are compiled by jsii-rosetta, whose fixture is for those here that are no modules, too. */
const FIXTURE = readFileSync(join(ROOT, 'rosetta/default.ts-fixture'), 'utf8');
/** What goes without saying on a page, unless its snippet declares it. */
const DECLARED = {
  api: 'apigatewayv2.WebSocketApi', apiRole: 'iam.IRole', table: 'dynamodb.ITable', queue: 'sqs.IQueue', stateMachine: 'stepfunctions.IStateMachine',
};

/** What the client of the README is surrounded by. */
const AROUND_THE_CLIENT = 'declare const socketUrl: string; declare function freshTicket(): Promise<string>; declare function show(value: unknown): void;';

/** A snippet as a module: with what it declares outside of the class that is around the rest of it. */
function moduleOf(snippet: string): string {
  if (/^import /m.test(snippet)) {
    return snippet;
  }
  const declarations = snippet.match(/^declare .*;$/gm) ?? [];
  const missing = Object.entries(DECLARED)
    .filter(([name]) => !declarations.some(line => line.startsWith(`declare const ${name}:`)))
    .map(([name, type]) => `declare const ${name}: ${type};`);
  return `${[...declarations, ...missing].join('\n')}
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketAwsIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
${FIXTURE.replace('/// here', () => snippet.replace(/^declare .*;$/gm, ''))}`;
}

const snippets = new Map(readdirSync(join(ROOT, 'docs')).filter(page => page.endsWith('.md')).flatMap(page =>
  [...readFileSync(join(ROOT, 'docs', page), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(({ 1: snippet, index }, number): [string, { place: string; text: string }] => [
    join(ROOT, `docs/${page}-${number}.ts`),
    { place: `docs/${page}, snippet ${number + 1} at ${index}`, text: moduleOf(snippet) },
  ])));

for (const { 1: snippet, index } of readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^```js\n([\s\S]*?)^```/gm)) {
  snippets.set(join(ROOT, `README-${index}.ts`), { place: `README.md at ${index}`, text: `${snippet}${AROUND_THE_CLIENT}` });
}

const { config } = typescript.readConfigFile(join(ROOT, 'tsconfig.dev.json'), file => readFileSync(file, 'utf8'));
const { options } = typescript.parseJsonConfigFileContent(config, typescript.sys, ROOT);

test('every snippet compiles', () => {
  expect(snippets.size).toBeGreaterThan(10);
  const host = typescript.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = file => snippets.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const snippet = snippets.get(file);
    return snippet ? typescript.createSourceFile(file, snippet.text, rest[0]) : getSourceFile(file, ...rest);
  };
  // Top-level await is for modules of today, as a bundler takes them.
  const bundled = { module: typescript.ModuleKind.ESNext, moduleResolution: typescript.ModuleResolutionKind.Bundler };
  const program = typescript.createProgram([...snippets.keys()], { ...options, ...bundled, noEmit: true, incremental: false, noUnusedLocals: false }, host);
  const problems = [...snippets].flatMap(([file, { place }]) => typescript.getPreEmitDiagnostics(program, program.getSourceFile(file))
    .map(({ messageText }) => `${place}: ${typescript.flattenDiagnosticMessageText(messageText, '\n')}`));
  expect(problems).toEqual([]);
}, 120_000);

test('every code of the client is in its page', () => {
  const [, codes] = /export type ProblemCode =([\s\S]*?);/.exec(readFileSync(join(ROOT, 'client/client-problem.ts'), 'utf8'))!;
  const page = readFileSync(join(ROOT, 'docs/client.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code);
  expect(listed.sort()).toEqual([...codes.matchAll(/'(\w+)'/g)].map(([, code]) => code).sort());
});
