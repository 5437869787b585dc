import { followTrace, LogStyle } from '../../../local/cli/live-log';
import { TraceEntry } from '../../../local/kernel/contracts';
import { Trace } from '../../../local/kernel/trace';

const TIME = new Date(2026, 0, 2, 3, 4, 5).getTime();
const MESSAGE: TraceEntry = {
  kind: 'message',
  time: TIME,
  api: 'a',
  stage: 's',
  connectionId: 'c',
  routeKey: 'order',
  bytes: 12,
  outcome: 'ok',
  requestId: 'r',
  stages: [{ name: 'Frame', time: TIME, details: { text: '{"action":"order"}' } }, { name: 'Route selection', time: TIME, details: { expression: '$request.body.action', value: 'order', routeKey: 'order' } }],
};
const DENIED: TraceEntry = {
  kind: 'call',
  time: TIME,
  principal: 'arn:aws:sts::1:assumed-role/r/s',
  service: 'dynamodb',
  operation: 'PutItem',
  outcome: 'AccessDeniedException',
  message: 'no',
  missing: { statement: { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: 'arn:t' }, role: 'arn:r', where: { constructPath: 'Shop/Role/Resource', logicalId: 'Role1' } },
};

async function written(style: LogStyle, isTTY: boolean, ...entries: TraceEntry[]): Promise<string> {
  const trace = new Trace();
  let text = '';
  followTrace(trace, { isTTY, write: part => { text += String(part); } }, style);
  entries.forEach(entry => trace.emit(entry));
  await new Promise(resolve => setImmediate(resolve));
  return text;
}

test('a message is a line, with its route and its outcome', async () => {
  expect(await written({}, false, MESSAGE)).toBe('03:04:05  order        c 12 bytes, ok\n');
});

test('a denied call says what to add, and where', async () => {
  expect(await written({}, false, DENIED)).toBe(
    '03:04:05  AccessDenied dynamodb:PutItem: no\n              add to the role Shop/Role (Role1): {"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"arn:t"}\n',
  );
  expect(await written({}, false, { ...DENIED, missing: { ...DENIED.missing!, denied: true } })).toContain('a statement denies it');
  expect(await written({}, false, { ...DENIED, missing: { statement: DENIED.missing!.statement } })).toContain('add to the policy of the resource, with a Principal');
});

test('colours are for terminals only, and for who wants them', async () => {
  const { NO_COLOR } = process.env;
  delete process.env.NO_COLOR;
  expect(await written({}, false, DENIED)).not.toContain('\u001b[');
  expect(await written({}, true, DENIED)).toContain('\u001b[31m');
  process.env.NO_COLOR = '1';
  expect(await written({}, true, DENIED)).not.toContain('\u001b[');
  if (NO_COLOR === undefined) {
    delete process.env.NO_COLOR;
  }
});

test('with --verbose its stages follow, and calls that succeed are told as well', async () => {
  expect(await written({ verbose: true }, false, MESSAGE, { ...DENIED, outcome: 'ok', message: undefined, missing: undefined })).toBe([
    '03:04:05  order        c 12 bytes, ok',
    '03:04:05    Frame: {"action":"order"}',
    '03:04:05    Route selection: $request.body.action  order  order',
    '03:04:05    call dynamodb:PutItem as assumed-role/r/s: ok',
    '',
  ].join('\n'));
});

test('what is nested too deeply to be shown is said to be', async () => {
  const value = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
  const stages = [{ name: 'Route selection', time: TIME, details: { value, routeKey: 'order' } }];
  expect(await written({ verbose: true }, false, { ...MESSAGE, stages })).toMatch(/Route selection: \(it cannot be shown: .*\)  order\n$/);
});

test('with --json each is an object, and a record where stages are wanted', async () => {
  const [plain] = (await written({ json: true }, false, MESSAGE)).split('\n').filter(Boolean).map(line => JSON.parse(line));
  expect(plain).toMatchObject({ kind: 'message', outcome: 'ok' });
  const [record] = (await written({ json: true, verbose: true }, false, MESSAGE)).split('\n').filter(Boolean).map(line => JSON.parse(line));
  expect(record).toMatchObject({ sequence: 1, entry: { kind: 'message' } });
});

test('nothing is written of what nobody waits for', async () => {
  expect(await written({}, false, { kind: 'execution', time: TIME, stateMachine: 'm', status: 'SUCCEEDED' }, { ...DENIED, outcome: 'ok' })).toBe('');
});
