import { jsonService, TestGateway } from './test-gateway';
import { TraceRecord, TraceStage } from '../../../../local/kernel/contracts';

describe('the stages of a request', () => {
  let gateway: TestGateway;
  let records: TraceRecord[];
  const start = async (observed = true) => {
    gateway = await TestGateway.start(jsonService('states', 'AWSStepFunctions', { StartSyncExecution: ({ input }) => ({ status: 'SUCCEEDED', output: input }) }));
    gateway.api();
    records = [];
    if (observed) {
      gateway.trace.observe(record => records.push(record));
    }
  };
  afterEach(() => gateway.stop());
  const ofKind = (kind: string) => records.filter(({ entry }) => entry.kind === kind);
  const stagesOf = ({ entry }: TraceRecord) => (entry as unknown as { stages: TraceStage[] }).stages;
  const stage = (record: TraceRecord, name: string) => stagesOf(record).find(each => each.name === name)!.details;

  test('are those of AWS, from the frame to the frame', async () => {
    await start();
    gateway.action('go', 'states:StartSyncExecution', '#set($name = $input.path("$.name"))\n{"input":"$name","id":"$context.connectionId"}',
      [{ IntegrationResponseKey: '200', ResponseTemplates: { $default: 'got $input.path("$.output")' } }]);
    const client = await gateway.connect();
    expect(await client.ask({ action: 'go', name: 'Ada' })).toBe('got Ada');

    const [message] = ofKind('message');
    expect(stagesOf(message).map(({ name }) => name)).toEqual([
      'Frame', 'Route selection', 'Request template', 'Integration request', 'Request to the service', 'Answer of the integration', 'Integration response', 'Response template', 'Frame to the client',
    ]);
    expect(stage(message, 'Frame')).toMatchObject({ text: '{"action":"go","name":"Ada"}' });
    expect(stage(message, 'Route selection')).toEqual({ expression: '$request.body.action', value: 'go', routeKey: 'go' });
    const template = stage(message, 'Request template') as { text: string; values: Array<{ text: string; written?: [number, number] }> };
    expect(template.values).toMatchObject([
      { line: 1, column: 6, text: '#set($name = $input.path("$.name"))', value: 'Ada' },
      { line: 2, column: 11, text: '$name', value: 'Ada' },
      { line: 2, column: 24, text: '$context.connectionId' },
    ]);
    expect(template.text.slice(...template.values[1].written!)).toBe('Ada');
    expect(stage(message, 'Request to the service')).toMatchObject({ service: 'states', method: 'POST', headers: { 'x-amz-target': 'AWSStepFunctions.StartSyncExecution' }, body: template.text });
    expect(stage(message, 'Answer of the integration')).toMatchObject({ status: 200 });
    expect(stage(message, 'Integration response')).toEqual({ selection: 200, key: '200' });
    expect(stage(message, 'Response template')).toMatchObject({ source: 'got $input.path("$.output")', text: 'got Ada' });
    expect(stage(message, 'Frame to the client')).toEqual({ sent: true, why: undefined, text: 'got Ada' });
    expect(message.entry).toMatchObject({ requestId: expect.any(String) });
    expect(ofKind('call')).toMatchObject([{ cause: message.sequence, entry: { operation: 'StartSyncExecution', input: { input: 'Ada' } } }]);
  });

  test('end where the request does, with the reason that the client is not told', async () => {
    await start();
    gateway.mock('known', 'ok');
    const client = await gateway.connect();
    await client.ask({ action: 'unknown' });
    const [message] = ofKind('message');
    expect(stagesOf(message).map(({ name }) => name)).toEqual(['Frame', 'Route selection', 'Gateway response', 'Frame to the client']);
    expect(stage(message, 'Gateway response')).toEqual({ status: 403, message: 'Forbidden', reason: 'Forbidden: no route takes the message, and there is no $default route' });
  });

  test('tell of a message that is no JSON', async () => {
    await start();
    gateway.mock('$default', 'ok');
    const client = await gateway.connect();
    client.socket.send('no JSON');
    await client.next();
    expect(stage(ofKind('message')[0], 'Route selection')).toEqual({ expression: '$request.body.action', value: undefined, routeKey: '$default' });
  });

  test('a handshake and the end of a connection have theirs', async () => {
    await start();
    gateway.mock('$connect', '{"statusCode":200}');
    gateway.mock('$disconnect', undefined, '{"statusCode":200}', { oneWay: true });
    const client = await gateway.connect('/live?room=1');
    const left = gateway.nextTraced('disconnect');
    client.socket.close();
    await left;
    expect(stage(ofKind('connect')[0], 'Handshake')).toMatchObject({ path: '/live', query: 'room=1' });
    expect(stagesOf(ofKind('disconnect')[0]).map(({ name }) => name)).toContain('Integration request');
  });

  test('a message that somebody pushes is seen whole', async () => {
    await start();
    const client = await gateway.connect();
    const [{ entry }] = ofKind('connect');
    await gateway.manage('POST', (entry as { connectionId: string }).connectionId, 'hello');
    await client.next();
    expect(ofKind('push')).toMatchObject([{ cause: ofKind('call')[0].sequence, entry: { text: 'hello' } }]);
  });

  test.each([true, false])('a template that fails tells where, and the values before it; observed: %s', async observed => {
    await start(observed);
    gateway.mock('go', 'ok', '{"statusCode":200}\n#set($name = $input.path("$.name"))\n#if($name)\n  $name.substring(9)\n#end');
    const client = await gateway.connect();
    await client.ask({ action: 'go', name: 'Ada' });
    const [{ outcome }] = gateway.traced('message');
    expect(outcome).toContain(', in $name.substring(9) at line 4, column 3; before that, #set($name = $input.path("$.name")) is "Ada"');
    if (observed) {
      expect(stage(ofKind('message')[0], 'Request template')).toMatchObject({ failed: { line: 4, column: 3 }, values: [{ value: 'Ada' }] });
    }
  });

  test('nobody observes: there are none', async () => {
    await start(false);
    gateway.mock('go', 'ok');
    const client = await gateway.connect();
    await client.ask({ action: 'go' });
    const [message] = gateway.traced('message');
    expect(Object.keys(message)).not.toContain('stages');
  });

  test('a message can come once more, as long as its connection is open', async () => {
    await start();
    gateway.mock('go', '$input.path("$.n")', '{"statusCode":200,"n":$input.path("$.n")}');
    const client = await gateway.connect();
    await client.ask({ action: 'go', n: 7 });
    const { api, stage: name, connectionId } = ofKind('message')[0].entry as any;
    expect(gateway.service.replay({ api, stage: name, connectionId, text: '{"action":"go","n":8}' })).toBe(true);
    expect(await client.next()).toBe('8');
    expect(gateway.service.replay({ api, stage: name, connectionId: 'another', text: '{}' })).toBe(false);
  });
});
