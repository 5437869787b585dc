import { TestGateway } from './test-gateway';
import { logs } from '../../../../local/services/logs';

const ORDER = { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', required: ['id', 'amount'], properties: { id: { type: 'string' }, amount: { type: 'integer', minimum: 1 } } };
const IDENTIFIER = '[A-Za-z0-9_-]{15}=';
const BAD_BODY = expect.stringMatching(new RegExp(`^\\{"message": "Bad request body", "connectionId":"${IDENTIFIER}", "messageId":"${IDENTIFIER}"\\}$`));

describe('a route with models', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await TestGateway.start(logs);
    gateway.api();
  });
  afterEach(() => gateway.stop());

  const model = (Name: string, Schema: unknown, properties: object = {}) => gateway.declare('Model', { ApiId: gateway.apiId, Name, Schema, ContentType: 'application/json', ...properties });
  const route = (key: string, RequestModels: object, ModelSelectionExpression: string | undefined = '$request.body.action') =>
    gateway.mock(key, 'taken', undefined, { route: { RequestModels, ModelSelectionExpression } });

  test('takes what is as the model wants it, and refuses all else before the integration is called', async () => {
    model('Order', ORDER);
    route('order', { order: 'Order' });
    const client = await gateway.connect();

    expect(await client.ask({ action: 'order', id: 'a', amount: 1 })).toBe('taken');
    const frame = await client.ask({ action: 'order', id: 7 });
    expect(frame).toEqual(BAD_BODY);
    expect(JSON.parse(await client.ask({ action: 'order' })).messageId).not.toBe(JSON.parse(frame).messageId);
    expect(await client.ask({ action: 'order', id: 'a', amount: 0 })).toEqual(BAD_BODY);
    expect(await client.ask({ action: 'order', id: 'a', amount: 2 })).toBe('taken');
    expect(gateway.traced('message').map(({ outcome }) => outcome)).toEqual([
      'ok',
      'Bad request body: Request body does not match model schema for content type application/json: '
      + '[object has missing required properties (["amount"]), instance type (integer) does not match any allowed primitive type (allowed: ["string"])]',
      expect.stringContaining('(["amount","id"])'),
      expect.stringMatching(/\[#\/amount: .+\]$/),
      'ok',
    ]);
  });

  test('never calls the integration for what it refuses', async () => {
    model('Order', ORDER);
    gateway.mock('order', 'taken', '{"statusCode":500 $context.connectionId', { route: { RequestModels: { $default: 'Order' }, ModelSelectionExpression: '\\$default' } });
    const client = await gateway.connect();
    expect(await client.ask({ action: 'order' })).toEqual(BAD_BODY);
    expect(JSON.parse(await client.ask({ action: 'order', id: 'a', amount: 1 })).message).toBe('Internal server error');
  });

  test('selects among its models, and falls back to the default', async () => {
    model('A', { required: ['a'] });
    model('B', { required: ['b'] });
    model('Other', '{"required":["other"]}');
    route('go', { 'x-a': 'A', 'x-b': 'B', '\\$default': 'Other' }, 'x-${request.body.kind}');
    const client = await gateway.connect();

    expect(await client.ask({ action: 'go', kind: 'a', a: 1 })).toBe('taken');
    expect(await client.ask({ action: 'go', kind: 'b', a: 1 })).toEqual(BAD_BODY);
    expect(await client.ask({ action: 'go', kind: 'b', b: 1 })).toBe('taken');
    expect(await client.ask({ action: 'go', kind: 'c', a: 1, b: 1 })).toEqual(BAD_BODY);
    expect(await client.ask({ action: 'go', other: 1 })).toBe('taken');
  });

  test('refuses what selects none of its models, where there is no default', async () => {
    model('A', {});
    route('go', { a: 'A' }, '$request.body.kind');
    route('never', {});
    const client = await gateway.connect();

    for (const kind of ['b', '__proto__', 'constructor', 7, undefined]) {
      expect(await client.ask({ action: 'go', kind })).toEqual(BAD_BODY);
    }
    expect(await client.ask({ action: 'go', kind: 'a' })).toBe('taken');
    expect(await client.ask({ action: 'never' })).toEqual(BAD_BODY);
  });

  test('checks nothing without an expression that selects', async () => {
    model('Order', ORDER);
    gateway.mock('order', 'taken', undefined, { route: { RequestModels: { $default: 'Order' } } });
    expect(await (await gateway.connect()).ask({ action: 'order' })).toBe('taken');
  });

  test('refuses what is no JSON, and what is nested too deep, and lives on', async () => {
    model('Tree', { properties: { tree: { $ref: '#/definitions/tree' } }, definitions: { tree: { items: { $ref: '#/definitions/tree' } } } });
    route('$default', { $default: 'Tree' });
    const client = await gateway.connect();

    for (const message of ['hi', '{"a":', '', `{"tree":${'['.repeat(16_000)}${']'.repeat(16_000)}}`]) {
      const traced = gateway.nextTraced('message');
      expect(await client.ask(message)).toEqual(BAD_BODY);
      expect((await traced).outcome).toContain('[Unknown error parsing request body]');
    }
    expect(await client.ask({ tree: [[[]]] })).toBe('taken');
    expect(gateway.traced('failure')).toEqual([]);
  });

  test('names what is too dear to check', async () => {
    model('Set', { properties: { set: { uniqueItems: true } } });
    route('$default', { $default: 'Set' });
    const client = await gateway.connect();
    expect(JSON.parse(await client.ask({ set: Array.from({ length: 5000 }, (_, index) => index) })).message).toBe('Internal server error');
    expect(gateway.traced('message')[0].outcome).toContain('does not check that so many items are unique');
    expect(await client.ask({ set: [1, 2] })).toBe('taken');
    expect(await client.ask({ set: [1, 1] })).toEqual(BAD_BODY);
  });

  test('is not satisfied by members that every object has', async () => {
    model('Proto', JSON.parse('{"required":["toString","__proto__"],"properties":{"constructor":{"type":"string"}}}'));
    route('$default', { $default: 'Proto' });
    const client = await gateway.connect();
    expect(await client.ask('{}')).toEqual(BAD_BODY);
    expect(await client.ask('{"toString":1,"__proto__":{}}')).toBe('taken');
    expect(await client.ask('{"toString":1,"__proto__":{"constructor":1},"constructor":1}')).toEqual(BAD_BODY);
  });

  test('lets nobody connect: a handshake has no body', async () => {
    model('Any', {});
    route('$connect', { $default: 'Any' }, '\\$default');
    expect(await gateway.refused()).toMatchObject({
      status: 400, body: expect.stringMatching(new RegExp(`^\\{"message": "Bad request body", "connectionId":"${IDENTIFIER}", "requestId":"${IDENTIFIER}"\\}$`)),
    });
  });

  test('checks by a model that refers to another of the API', async () => {
    model('Item', { definitions: { name: { type: 'string' } }, properties: { name: { $ref: '#/definitions/name' } } });
    model('Items', { properties: { items: { type: 'array', items: { $ref: `https://apigateway.amazonaws.com/restapis/${gateway.apiId}/models/Item` } } } });
    route('$default', { $default: 'Items' });
    const client = await gateway.connect();
    expect(await client.ask({ items: [{ name: 'a' }] })).toBe('taken');
    expect(await client.ask({ items: [{ name: 'a' }, { name: 7 }] })).toEqual(BAD_BODY);
  });

  test('goes by the models of its deployment', async () => {
    const ApiId = gateway.apiId;
    model('Order', ORDER);
    route('order', { $default: 'Order' });
    const DeploymentId = gateway.declare('Deployment', { ApiId });
    gateway.declare('Stage', { ApiId, StageName: 'fixed', DeploymentId });
    await gateway.service.resourceTypes['AWS::ApiGatewayV2::Model'].delete({ properties: { ApiId, Name: 'Order' } } as never, { ref: '' });
    model('Order', {});

    expect(await (await gateway.connect('/fixed')).ask({ action: 'order' })).toEqual(BAD_BODY);
    expect(await (await gateway.connect('/live')).ask({ action: 'order' })).toBe('taken');
  });

  test('tells the access log what is wrong', async () => {
    const DestinationArn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/access';
    gateway.declare('Stage', {
      ApiId: gateway.apiId, StageName: 'logged', AutoDeploy: true, AccessLogSettings: { DestinationArn, Format: '$context.requestId $context.status $context.error.responseType $context.error.validationErrorString' },
    });
    model('Order', ORDER);
    gateway.mock('order', 'taken', undefined, { route: { RequestModels: { $default: 'Order' }, ModelSelectionExpression: '\\$default' } });
    const client = await gateway.connect('/logged');
    await client.ask({ action: 'order', id: 'a' });
    const read = async () => (await gateway.kernel.invoke({
      principal: { kind: 'account', arn: 'arn:aws:iam::123456789012:root' }, service: 'logs', operation: 'FilterLogEvents', input: { logGroupName: '/access' },
    }) as { events: Array<{ message: string }> }).events.map(({ message }) => message);
    let lines: string[] = [];
    for (let attempt = 0; attempt < 2000 && lines.length < 2; attempt++) {
      await new Promise(resolve => setImmediate(resolve));
      lines = await read().catch(() => []);
    }
    expect(lines).toEqual([expect.any(String), expect.stringMatching(/^\S+ 400 BAD_REQUEST_BODY \[object has missing required properties \(\["amount"\]\)\]$/)]);
  });

  test.each<[properties: object, message: string | RegExp]>([
    [{ Schema: {} }, 'Name is missing'],
    [{ Name: 'A' }, 'Schema is missing'],
    [{ Name: 'my-model', Schema: {} }, 'Model name must be alphanumeric: my-model'],
    [{ Name: 'A', Schema: '{' }, /^Invalid model specified: Validation Result: warnings : \[\], errors : \[Invalid model schema specified\]: /],
    [{ Name: 'A', Schema: { required: [] } }, /^Invalid model specified: Validation Result: warnings : \[\], errors : \[Invalid model schema specified\]: /],
    [{ Name: 'A', Schema: { properties: { a: { example: 'x' } } } }, /^Invalid model specified: Validation Result: warnings : \[\], errors : \[Invalid model schema specified. Unsupported keyword\(s\): \["example"\]\]: /],
    [{ Name: 'A', Schema: { $ref: 'https://apigateway.amazonaws.com/restapis/other/models/A' } }, /the reference .* leads nowhere/],
    [{ Name: 'Taken', Schema: {} }, 'a model with the name Taken already'],
  ])('has no model such as %j', (properties, message) => {
    model('Taken', {});
    expect(() => gateway.declare('Model', { ApiId: gateway.apiId, ...properties })).toThrow(message);
  });

  test('names a model that is not there', () => {
    expect(() => route('order', { $default: 'Nope' })).toThrow('Invalid model identifier specified: Nope');
    expect(() => route('order', {}, '$context.routeKey')).toThrow('no variable "context.routeKey"');
  });
});
