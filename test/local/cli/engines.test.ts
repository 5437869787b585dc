import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
let directory: string;

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
});
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'engines-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  const path = join(directory, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function run(args: string[], input: string = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/lambdaless.js'), ...args], { input, encoding: 'utf8' });
  return { status, out: stdout.trimEnd(), err: stderr.trimEnd() };
}

/** The answers of a batch, by id. */
function batch(command: string, ...requests: unknown[]): Record<string, any> {
  const { out } = run([command, '--jsonl'], requests.map(request => typeof request === 'string' ? request : JSON.stringify(request)).join('\n'));
  return Object.fromEntries(out.split('\n').map(line => JSON.parse(line)).map(({ id, ...answer }) => [id ?? 'none', answer]));
}

const EVENT = { 'id': '1', 'account': '0', 'source': 'shop', 'time': '2026-01-01T00:00:00Z', 'region': 'r', 'resources': [], 'detail-type': 'Sold', 'detail': { n: 5 } };

test('match', () => {
  const event = file('event.json', EVENT);
  expect(run(['match', '--pattern', file('p.json', { source: ['shop'] }), '--event', event])).toEqual({ status: 0, out: 'true', err: '' });
  expect(run(['match', '--pattern', file('p.json', { source: ['other'] }), '--event', event])).toEqual({ status: 0, out: 'false', err: '' });
  expect(run(['match', '--pattern', file('p.json', { source: [] })])).toMatchObject({ status: 1, out: '', err: expect.stringMatching(/^lambdaless: Event pattern is not valid\. Reason: Empty arrays/) });
  expect(batch('match',
    { id: 'yes', pattern: '{"source":["shop"]}', event: JSON.stringify(EVENT) },
    { id: 'checked', pattern: '{"source":["shop"]}', event: null },
    { id: 'bad', pattern: '{"source":"shop"}', event: null },
  )).toEqual({ yes: { result: true }, checked: { result: 'ok' }, bad: { error: expect.stringContaining('must be an object or an array') } });
});

test('match --explain says why, field by field', () => {
  const event = file('e.json', { 'id': '1', 'source': 'shop', 'detail-type': 't', 'account': '1', 'time': '2026-01-01T00:00:00Z', 'region': 'r', 'resources': [], 'detail': { n: 5 } });
  const pattern = file('p.json', { source: ['shop'], detail: { $or: [{ n: [{ numeric: ['>', 9] }] }, { m: [{ exists: true }] }] } });
  expect(run(['match', '--explain', '--pattern', pattern, '--event', event])).toEqual({
    status: 0,
    err: '',
    out: [
      'false', '  yes source is "shop"; that matches "shop"', '  no  one of these:',
      '    this does not match', '      no  detail.n is 5; the pattern asks for a number > 9',
      '    this does not match', '      no  detail.m is absent; the pattern asks for its presence',
    ].join('\n'),
  });
  const part = file('part.json', { source: 'shop', detail: {} });
  expect(run(['match', '--explain', '--pattern', pattern, '--event', part])).toMatchObject({
    status: 1, out: '', err: 'lambdaless: Parameter Event is not valid. It lacks id, account, time, region, detail-type: EventBridge tests whole events.',
  });
  expect(run(['match', '--pattern', pattern, '--event', file('number.json', 5)])).toMatchObject({ status: 1, err: 'lambdaless: Parameter Event is not valid. It is no JSON object.' });
  expect(run(['match', '--explain', '--pattern', pattern])).toMatchObject({ status: 1, err: expect.stringContaining('--explain needs an event') });
});

test("match, with the workflow's matcher", () => {
  const event = file('event.json', EVENT);
  expect(run(['match', '--matcher', 'workflow', '--pattern', file('p.json', { source: ['shop'] }), '--event', event])).toEqual({ status: 0, out: 'true', err: '' });
  const requests = [
    { id: 'yes', pattern: '{"detail":{"n":[{"numeric":[">",4]}]}}', event: JSON.stringify(EVENT) },
    { id: 'asked', pattern: '{"source":[{"anything-but":{"equals-ignore-case":"ß"}}]}', event: JSON.stringify(EVENT) },
    { id: 'checked', pattern: '{"source":["shop"]}', event: null },
    { id: 'bad', pattern: '{"source":"shop"}', event: JSON.stringify(EVENT) },
    { id: 'no event', pattern: '{"source":["shop"]}', event: '{}' },
  ];
  const { out } = run(['match', '--matcher', 'workflow', '--jsonl'], requests.map(request => JSON.stringify(request)).join('\n'));
  expect(Object.fromEntries(out.split('\n').map(line => JSON.parse(line)).map(({ id, ...answer }) => [id, answer]))).toEqual({
    'yes': { result: true },
    'asked': { result: true, asked: true },
    'checked': { result: 'ok' },
    'bad': { error: expect.stringContaining('must be an object or an array') },
    'no event': { error: 'Parameter Event is not valid.' },
  });
  expect(run(['match', '--matcher', 'guess', '--pattern', 'p.json'])).toMatchObject({ status: 1, err: expect.stringMatching(/--matcher is eventbridge or workflow; received guess/) });
});

test('render', () => {
  const template = file('t.vtl', '{"id":"$context.connectionId","text":$input.json(\'$.text\')}');
  expect(run(['render', '--template', template, '--body', file('b.json', { text: 'a"b' }), '--context', file('c.json', { connectionId: 'x=' })]).out).toBe('{"id":"x=","text":"a\\"b"}');
  expect(batch('render',
    { id: 'gateway', template: '$nothing|$context.a', vars: { context: { a: 1 } } },
    { id: 'plain', mode: 'plain', template: '$nothing|$a', vars: { a: 1 } },
    { id: 'bad', template: '#if(' },
  )).toEqual({ gateway: { result: '|1', context: { a: 1 } }, plain: { result: '$nothing|1' }, bad: { error: expect.stringMatching(/line 1/) } });
});

test('transform', () => {
  const target = file('t.json', { InputTransformer: { InputPathsMap: { n: '$.detail.n' }, InputTemplate: '{"n": <n>}' } });
  expect(run(['transform', '--target', target, '--event', file('e.json', EVENT)]).out).toBe('{"n": 5}');
});

test('execute', () => {
  const definition = { QueryLanguage: 'JSONata', StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 250, Next: 'Add' }, Add: { Type: 'Pass', Output: '{% $states.input.n + 1 %}', End: true } } };
  expect(run(['execute', '--definition', file('d.json', definition), '--input', file('i.json', { n: 1 })])).toEqual({ status: 0, out: '2', err: '' });
  const fail = { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'Broken', Cause: 'on purpose' } } };
  expect(run(['execute', '--definition', file('d.json', fail)])).toEqual({ status: 1, out: '', err: 'lambdaless: FAILED: Broken: on purpose' });
  const task = { StartAt: 'T', States: { T: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:dynamodb:query', End: true } } };
  expect(batch('execute',
    { id: 'runs', definition: JSON.stringify(definition), input: '{"n":2}', machineType: 'STANDARD' },
    { id: 'refused', definition: '{"StartAt":"A","States":{}}' },
    { id: 'unsupported', definition: JSON.stringify(task) },
  )).toEqual({
    runs: { status: 'SUCCEEDED', output: 3, trace: ['Wait', 'Add'] },
    refused: { refused: expect.stringMatching(/^Invalid State Machine Definition/) },
    unsupported: { unsupported: 'no service for arn:aws:states:::aws-sdk:dynamodb:query' },
  });
});

test('test-state', () => {
  const request = { definition: JSON.stringify({ Type: 'Pass', Result: { a: 1 }, End: true }), input: '{}' };
  expect(JSON.parse(run(['test-state', '--request', file('r.json', request)]).out)).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
});

test('a line that is no JSON is answered, and the next is read', () => {
  expect(batch('match', '{', { id: 'next', pattern: '{"a":[1]}', event: null })).toEqual({ none: { error: expect.stringMatching(/JSON/) }, next: { result: 'ok' } });
});

test('a line whose answer cannot be written is answered, and the next is read', () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const definition = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
  expect(batch('execute', { id: 'deep', definition, input: deep }, `{"id":${deep}}`, { id: 'next', definition })).toMatchObject({
    deep: { error: expect.any(String) }, none: { error: expect.any(String) }, next: { status: 'SUCCEEDED' },
  });
});

test.each([
  [['match'], /--pattern is missing/],
  [['match', '--pattern', 'nowhere.json'], /--pattern nowhere\.json cannot be read/],
  [['transform', '--target', 'package.json', '--event', 'README.md'], /--event README\.md is not JSON/],
])('%s is told what is missing', (args, message) => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/lambdaless.js'), ...args], { cwd: ROOT, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(message) });
});
