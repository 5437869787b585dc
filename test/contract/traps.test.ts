import { post, startMachine, TrapStack } from './trap-stack';

const CONNECTION = '{"connectionId":"$context.connectionId"}';
const NAMED_TARGET = {
  RequestParameters: { 'integration.request.header.X-Amz-Target': "'AWSEvents.PutEvents'", 'integration.request.header.Content-Type': "'application/x-amz-json-1.1'" },
};
const getItem = (key: string) => `{"TableName":"\${Table}","Key":{"pk":{"S":"${key}"}}}`;

let stack: TrapStack;
beforeEach(() => { stack = new TrapStack(); });
afterEach(() => stack.stop());

async function ask(message: object): Promise<string> {
  const client = await stack.connect();
  client.send(message);
  return client.nextText();
}

describe('what fails with the status 200', () => {
  test('an item that is not there is found, and empty', async () => {
    stack.route('get', 'dynamodb:GetItem', getItem('nobody'), { '/200/': "200 $input.json('$')", '$default': 'another status' });
    expect(await ask({ action: 'get' })).toBe('200 {}');
  });

  test('an event that the bus refused is only counted', async () => {
    const template = '{"Entries":[{"Source":"shop","DetailType":"Sold","Detail":"{"}]}';
    stack.route('put', 'events:PutEvents', template, { '/200/': "200 $input.path('$.FailedEntryCount') $input.path('$.Entries[0].ErrorCode')", '$default': 'another status' }, NAMED_TARGET);
    expect(await ask({ action: 'put' })).toBe('200 1 MalformedDetail');
  });

  test('an execution that failed says so in its status, and has no output', async () => {
    stack.machine({ Fail: { Type: 'Fail', Error: 'Broken' } });
    stack.route('run', 'states:StartSyncExecution', startMachine('{}'), { '/200/': "200 $input.path('$.status') $input.path('$.error') [$input.path('$.output')]", '$default': 'another status' });
    expect(await ask({ action: 'run' })).toBe('200 FAILED Broken []');
  });
});

test('a standard workflow cannot be waited for', async () => {
  stack.machine({ Pass: { Type: 'Pass' } }, 'STANDARD');
  stack.route('run', 'states:StartSyncExecution', startMachine('{}'), { '/400/': "$input.path('$.__type')" });
  expect(await ask({ action: 'run' })).toMatch(/StateMachineTypeNotSupported$/);
});

test('EventBridge is not told the operation, unless the integration names it in a header', async () => {
  stack.route('put', 'events:PutEvents', '{"Entries":[{"Source":"shop","DetailType":"Sold","Detail":"{}"}]}', { '/2\\d\\d/': 'done', '/4\\d\\d/': 'refused' });
  expect(await ask({ action: 'put' })).toBe('refused');
});

test('the output of a workflow is a text: only its value is the JSON that the workflow made', async () => {
  stack.machine({ Pass: { Type: 'Pass', Result: { say: 'hi', list: [1] } } });
  stack.route('run', 'states:StartSyncExecution', startMachine('{}'), {
    $default: "$input.path('$.output') $input.json('$.output') $util.parseJson($input.path('$.output'))",
  });
  expect(await ask({ action: 'run' })).toBe('{"say":"hi","list":[1]} "{\\"say\\":\\"hi\\",\\"list\\":[1]}" {say=hi, list=[1]}');
});

test('a workflow that is started answers with its date in scientific notation', async () => {
  stack.machine({ Pass: { Type: 'Pass' } });
  stack.route('run', 'states:StartExecution', startMachine('{}'), { $default: undefined });
  expect(await ask({ action: 'run' })).toMatch(/"startDate":1\.767323045E9\}$/);
});

test('an apostrophe that escapeJavaScript has escaped is no JSON, until it is put back', async () => {
  stack.machine({ Pass: { Type: 'Pass' } });
  const responses = { '/200/': "$input.path('$.output')", '/400/': "refused: $input.path('$.__type')" };
  const template = (mend: string) => `{"stateMachineArn":"\${Machine}","input":"$util.escapeJavaScript($input.json('$.text'))${mend}"}`;
  stack.route('escaped', 'states:StartSyncExecution', template(''), responses);
  stack.route('mended', 'states:StartSyncExecution', template(".replaceAll(\"\\\\'\",\"'\")"), responses);
  expect(await ask({ action: 'escaped', text: 'it is "fine"' })).toBe('"it is \\"fine\\""');
  expect(await ask({ action: 'escaped', text: 'it\'s' })).toMatch(/^refused: .*SerializationException$/);
  expect(await ask({ action: 'mended', text: 'it\'s' })).toBe('"it\'s"');
});

test('a value between quotes of the template lets its client write the rest of the item; $input.json does not', async () => {
  const template = (value: string) => `{"TableName":"\${Table}","Item":{"pk":{"S":"row"},"name":{"S":${value}}}}`;
  stack.route('careless', 'dynamodb:PutItem', template("\"$input.path('$.name')\""), { $default: undefined });
  stack.route('careful', 'dynamodb:PutItem', template("$input.json('$.name')"), { $default: undefined });
  stack.route('get', 'dynamodb:GetItem', getItem('row'), { $default: "$input.json('$.Item')" });
  const name = 'x"},"admin":{"S":"yes';
  await ask({ action: 'careless', name });
  expect(JSON.parse(await ask({ action: 'get' }))).toMatchObject({ name: { S: 'x' }, admin: { S: 'yes' } });
  await ask({ action: 'careful', name });
  expect(JSON.parse(await ask({ action: 'get' }))).toEqual({ pk: { S: 'row' }, name: { S: name } });
});

test('headers are printed as Java prints a map: a quote in one of them breaks the write, and the client is refused', async () => {
  stack.route('$connect', 'dynamodb:PutItem', '{"TableName":"${Table}","Item":{"pk":{"S":"row"},"headers":{"S":"$input.params().get(\'header\')"}}}', { '/200/': undefined });
  stack.route('get', 'dynamodb:GetItem', getItem('row'), { $default: "$input.path('$.Item.headers.S')" });
  const client = await stack.connect({ 'X-Mine': 'plain' });
  client.send({ action: 'get' });
  expect(await client.nextText()).toMatch(/^\{Host=.*, x-mine=plain\}$/i);
  await expect(stack.connect({ 'X-Mine': 'a "quote"' })).rejects.toThrow('Unexpected server response: 500');
});

test('a row whose time to live is in milliseconds outlives one whose is in seconds', async () => {
  const put = (key: string, time: string) => `#set($ttl = ${time}){"TableName":"\${Table}","Item":{"pk":{"S":"${key}"},"ttl":{"N":"$ttl"}}}`;
  stack.route('milliseconds', 'dynamodb:PutItem', put('milliseconds', '$context.requestTimeEpoch + 60'), { $default: undefined });
  stack.route('seconds', 'dynamodb:PutItem', put('seconds', '$context.requestTimeEpoch / 1000 + 60'), { $default: undefined });
  stack.route('scan', 'dynamodb:Scan', '{"TableName":"${Table}"}', { $default: "#foreach($item in $input.path('$.Items'))$item.pk.S;#end" });
  await ask({ action: 'milliseconds' });
  await ask({ action: 'seconds' });
  expect((await ask({ action: 'scan' })).split(';').sort()).toEqual(['', 'milliseconds', 'seconds']);
  await stack.clock.advance(90 * 24 * 3_600_000);
  expect(await ask({ action: 'scan' })).toBe('milliseconds;');
});

describe('a workflow that posts to a connection', () => {
  test('encodes a text once more, and an object not', async () => {
    stack.machine({ Text: post('{"a":1}'), Object: post({ a: 1 }) });
    stack.route('run', 'states:StartExecution', startMachine(CONNECTION));
    const client = await stack.connect();
    client.send({ action: 'run' });
    expect([await client.nextText(), await client.nextText()]).toEqual(['"{\\"a\\":1}"', '{"a":1}']);
  });

  test('finds it gone as long as its own $connect runs', async () => {
    stack.machine({ Greet: post({ hello: true }) });
    stack.route('$connect', 'states:StartSyncExecution', startMachine(CONNECTION), { '/200/': '{"statusCode":200}' });
    stack.route('greet', 'states:StartExecution', startMachine(CONNECTION));
    const client = await stack.connect();
    expect(await stack.execution()).toMatchObject({ status: 'FAILED', error: 'ApiGateway.410' });
    client.send({ action: 'greet' });
    expect(await client.next()).toEqual({ hello: true });
    expect(client.unread).toEqual([]);
  });

  test.each([
    ['another stage', { Stage: 'dev' }, 'ApiGateway.403', /Forbidden/],
    ['the stage twice', { 'Path.$': "States.Format('/live/@connections/{}', $.connectionId)" }, 'ApiGateway.404', /No method found matching route live\/@connections\/\S+ for http method POST/],
    ['headers that are no lists', { Headers: { 'Content-Type': 'application/json' } }, 'States.Runtime', /Headers/],
  ])('is told what is wrong with %s', async (_, more, error, cause) => {
    stack.machine({ Post: post({}, more) });
    stack.route('run', 'states:StartExecution', startMachine(CONNECTION));
    (await stack.connect()).send({ action: 'run' });
    expect(await stack.execution()).toMatchObject({ status: 'FAILED', error, cause: expect.stringMatching(cause) });
  });

  test('may hold more than a frame may, and neither more than 256 KB', async () => {
    const grow = { Type: 'Pass', QueryLanguage: 'JSONata', Output: "{% { 'connectionId': $states.input.connectionId, 'text': $pad('', $states.input.length, 'x') } %}" };
    const { RequestBody, ...rest } = post(null).Parameters;
    expect(RequestBody).toBeNull();
    stack.machine({ Grow: grow, Post: { ...post(null), Parameters: { ...rest, 'RequestBody.$': '$.text' } } });
    stack.route('run', 'states:StartExecution', startMachine('{"connectionId":"$context.connectionId","length":$input.path(\'$.length\')}'));
    const client = await stack.connect();
    const frame = 128 * 1024;
    for (const [length, outcome] of [
      [frame - 2, { status: 'SUCCEEDED' }], [frame - 1, { status: 'FAILED', error: 'ApiGateway.413' }], [2 * frame, { status: 'FAILED', error: 'States.DataLimitExceeded' }],
    ]) {
      client.send({ action: 'run', length });
      expect(await stack.execution()).toMatchObject(outcome);
    }
    expect((await client.nextText()).length).toBe(frame);
    expect(client.unread).toEqual([]);
  });
});

test('a client waits 29 seconds for a workflow that may take five minutes', async () => {
  stack.machine({ Wait: { Type: 'Wait', Seconds: 60 } });
  stack.route('run', 'states:StartSyncExecution', startMachine('{}'), { $default: undefined });
  const client = await stack.connect();
  const pending = stack.clock.pending;
  client.send({ action: 'run' });
  // The integration's time and the workflow's.
  while (stack.clock.pending < pending + 2) {
    await new Promise(resolve => setImmediate(resolve));
  }
  await stack.clock.advance(28_999);
  expect(client.unread).toEqual([]);
  await stack.clock.advance(1);
  expect(await client.next()).toMatchObject({ message: 'Internal server error' });
});

test('a workflow that takes a row for granted fails when there is none', async () => {
  stack.machine({
    Get: {
      Type: 'Task', Resource: 'arn:aws:states:::dynamodb:getItem', Parameters: { TableName: '${Table}', Key: { pk: { S: 'client' } } }, ResultSelector: { 'id.$': '$.Item.connectionId.S' },
    },
  });
  stack.route('run', 'states:StartSyncExecution', startMachine('{}'), { $default: "$input.path('$.status') $input.path('$.error')" });
  expect(await ask({ action: 'run' })).toBe('FAILED States.Runtime');
});
