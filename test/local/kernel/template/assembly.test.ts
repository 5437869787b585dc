import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { App, CfnOutput, Stack, Stage } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { AssemblyError, loadAssembly } from '../../../../local/kernel/template';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'assembly-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(files: Record<string, unknown>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = join(directory, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

function stack(dependencies: string[] = [], more: object = {}): object {
  return { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 't.json' }, dependencies, ...more };
}

function refusal(): AssemblyError {
  try {
    loadAssembly(directory);
  } catch (error) {
    expect(error).toBeInstanceOf(AssemblyError);
    return error as AssemblyError;
  }
  throw new Error('was not refused');
}

test('reads what the CDK synthesizes: references between stacks, stages, construct paths', () => {
  const app = new App({ outdir: directory });
  const consumer = new Stack(app, 'Consumer', { stackName: 'the-consumer' });
  const producer = new Stack(app, 'Producer', { env: { account: '123456789012', region: 'eu-west-1' } });
  const bus = new EventBus(producer, 'Bus');
  new CfnOutput(consumer, 'Out', { value: 'x' });
  consumer.addDependency(producer);
  const stage = new Stage(app, 'Prod', { env: { account: '111111111111', region: 'eu-west-2' } });
  new EventBus(new Stack(stage, 'Inner'), 'Bus');
  app.synth();

  const stacks = loadAssembly(directory);

  expect(stacks.map(({ name, id, account, region, dependencies }) => ({ name, id, account, region, dependencies }))).toEqual([
    { name: 'Prod-Inner', id: expect.stringMatching(/^ProdInner/), account: '111111111111', region: 'eu-west-2', dependencies: [] },
    { name: 'Producer', id: 'Producer', account: '123456789012', region: 'eu-west-1', dependencies: [] },
    { name: 'the-consumer', id: 'Consumer', account: undefined, region: undefined, dependencies: ['Producer'] },
  ]);
  const [inner, second] = stacks;
  expect(second.constructPaths.get(producer.getLogicalId(bus.node.defaultChild as never))).toBe('Producer/Bus/Resource');
  expect([...inner.constructPaths.values()]).toContain('Prod/Inner/Bus/Resource');
  expect(inner.directory).toBe(join(directory, 'assembly-Prod'));
});

test('a newer schema, unknown artifacts and inline metadata are no obstacle', () => {
  write({
    'manifest.json': {
      version: '999.0.0',
      artifacts: {
        'Tree': { type: 'cdk:tree', properties: { file: 'tree.json' } },
        'B': stack(['B.assets', 'Gone'], { metadata: { '/B/Thing/Resource': [{ type: 'aws:cdk:other' }, { type: 'aws:cdk:logicalId', data: 'Thing' }] } }),
        'B.assets': { type: 'cdk:asset-manifest', dependencies: ['A'] },
        'A': stack([], { properties: { templateFile: 't.json', stackName: 'first', parameters: { Size: 3 } } }),
      },
    },
    't.json': { Resources: { Other: { Type: 'X::Y::Z', Metadata: { 'aws:cdk:path': 'B/Other' } } } },
  });
  const [a, b] = loadAssembly(directory);
  expect(a).toMatchObject({ name: 'first', id: 'A', parameters: { Size: '3' } });
  // The asset manifest passes on what it waits for.
  expect(b.dependencies).toEqual(['A']);
  expect(Object.fromEntries(b.constructPaths)).toEqual({ Thing: 'B/Thing/Resource', Other: 'B/Other' });
});

test('a stage that waits for a stack passes that on to its own stacks', () => {
  write({
    'manifest.json': {
      artifacts: {
        Late: { type: 'cdk:cloud-assembly', properties: { directoryName: 'late' }, dependencies: ['Early'] },
        Early: stack(),
        Last: stack(['Late']),
      },
    },
    't.json': {},
    'late/manifest.json': { artifacts: { Inner: stack() } },
    'late/t.json': {},
  });
  expect(loadAssembly(directory).map(({ id, dependencies }) => [id, dependencies])).toEqual([['Early', []], ['Inner', ['Early']], ['Last', ['Inner']]]);
});

describe('refused, with the path, the problem and the way out', () => {
  test('no such directory', () => {
    rmSync(directory, { recursive: true });
    expect(refusal().message).toBe(`${directory}: no such directory. Run npx cdk synth in the app and give the directory it writes (cdk.out)`);
  });

  test('a file', () => {
    write({ file: '' });
    directory = join(directory, 'file');
    expect(refusal().problem).toBe('not a directory');
  });

  test('a directory without a manifest', () => {
    expect(refusal().problem).toBe('not a cloud assembly (it has no manifest.json)');
  });

  test("the app's directory: its cdk.out is pointed at", () => {
    write({ 'cdk.out/manifest.json': {} });
    expect(refusal().remedy).toBe(`Its cdk.out is one: give ${join(directory, 'cdk.out')}`);
  });

  test.each<[string, unknown, RegExp]>([
    ['broken JSON', '{"artifacts":', /manifest\.json: not valid JSON \(.+\)\. Synthesize the app again/],
    ['a list', [], /manifest\.json: not a JSON object/],
    ['no stacks', { artifacts: {} }, /the cloud assembly holds no stack/],
    ['artifacts of the wrong type', { artifacts: [] }, /"artifacts" is not an object/],
    ['an artifact without a type', { artifacts: { A: {} } }, /artifact A has no "type"/],
    ['dependencies of the wrong type', { artifacts: { A: { ...stack(), dependencies: 'B' } } }, /"dependencies" is not a list/],
    ['no template file', { artifacts: { A: { type: 'aws:cloudformation:stack' } } }, /artifact A has no "properties\.templateFile"/],
    ['a missing template', { artifacts: { A: stack() } }, /t\.json: the template of stack A is missing/],
    ['a template elsewhere', { artifacts: { A: stack([], { properties: { templateFile: '../../etc/passwd' } }) } }, /names \.\.\/\.\.\/etc\/passwd, which lies outside/],
    ['an absolute template', { artifacts: { A: stack([], { properties: { templateFile: '/etc/passwd' } }) } }, /outside the assembly/],
    ['a circle', { artifacts: { A: stack(['B']), B: stack(['A']) } }, /artifacts depend on one another: A, B/],
    ['itself as a stage', { artifacts: { A: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } } }, /stages are nested deeper than/],
  ])('%s', (_name, manifest, expected) => {
    write({ 'manifest.json': manifest });
    expect(refusal().message).toMatch(expected);
  });

  test('a template that is not JSON', () => {
    write({ 'manifest.json': { artifacts: { A: stack() } }, 't.json': 'Resources:\n  A: 1' });
    expect(refusal().message).toMatch(/t\.json: not valid JSON/);
  });
});

test('keys such as __proto__ are data', () => {
  write({
    'manifest.json': '{"artifacts":{"__proto__":{"type":"aws:cloudformation:stack","properties":{"templateFile":"t.json"}}}}',
    't.json': '{"Resources":{"__proto__":{"Metadata":{"aws:cdk:path":"x"}}}}',
  });
  const [only] = loadAssembly(directory);
  expect(only.id).toBe('__proto__');
  expect(only.constructPaths.get('__proto__')).toBe('x');
  expect(({} as { Metadata?: unknown }).Metadata).toBeUndefined();
});
