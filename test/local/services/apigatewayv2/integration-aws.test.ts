import { jsonService, TestGateway } from './test-gateway';
import { AwsError } from '../../../../local/kernel/aws-error';
import { HttpRequest, ServiceFactory } from '../../../../local/kernel/contracts';

/** A service that keeps the requests it gets, and answers as a test wants. */
function recorder(name: string, requests: HttpRequest[], status = 200, body = '{"ok":true}'): ServiceFactory {
  return () => ({
    name,
    protocols: [{
      kind: 'api',
      accepts: () => true,
      decode: request => {
        requests.push(request);
        return { operation: 'Any', input: undefined };
      },
      encode: () => ({ status, headers: { 'content-type': 'application/json', 'x-answer': 'yes' }, body }),
      encodeError: error => ({ status: 500, headers: {}, body: String(error) }),
    }],
    operations: { Any: { permissions: () => [], handle: () => undefined } },
    resourceTypes: {},
  });
}

describe('an AWS integration', () => {
  let gateway: TestGateway;
  let requests: HttpRequest[];
  const start = async (...services: ServiceFactory[]) => {
    requests = [];
    gateway = await TestGateway.start(...services);
    gateway.api();
  };
  afterEach(() => gateway.stop());

  test.each([
    ['dynamodb', 'PutItem', 'DynamoDB_20120810.PutItem', 'application/x-amz-json-1.0'],
    ['states', 'StartSyncExecution', 'AWSStepFunctions.StartSyncExecution', 'application/x-amz-json-1.0'],
    ['kinesis', 'PutRecord', 'Kinesis_20131202.PutRecord', 'application/x-amz-json-1.1'],
    ['ssm', 'GetParameter', 'AmazonSSM.GetParameter', 'application/x-amz-json-1.1'],
  ])('names the operation of %s by itself', async (service, action, target, contentType) => {
    await start(context => recorder(service, requests)(context));
    gateway.action('go', `${service}:${action}`, '{"body":$input.body}');
    const client = await gateway.connect();

    expect(await client.ask({ action: 'go' })).toBe('{"ok":true}');

    expect(requests).toEqual([{
      method: 'POST',
      path: '/',
      query: '',
      headers: { 'host': `${service}.eu-west-1.amazonaws.com`, 'content-type': contentType, 'x-amz-target': target },
      body: '{"body":{"action":"go"}}',
    }]);
  });

  test('names the operation of no other service: its headers come from the request parameters', async () => {
    await start(context => recorder('events', requests)(context));
    gateway.action('bare', 'events:PutEvents', '{}');
    gateway.action('full', 'events:PutEvents', '{}', [{}], {
      integration: {
        RequestParameters: {
          'integration.request.header.X-Amz-Target': "'AWSEvents.PutEvents'",
          'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
        },
      },
    });
    const client = await gateway.connect();
    await client.ask({ action: 'bare' });
    await client.ask({ action: 'full' });

    expect(requests.map(({ headers, query }) => ({ headers, query }))).toEqual([
      { headers: { 'host': 'events.eu-west-1.amazonaws.com', 'accept': 'application/json', 'content-type': 'application/json' }, query: 'Action=PutEvents' },
      { headers: { 'host': 'events.eu-west-1.amazonaws.com', 'accept': 'application/json', 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' }, query: 'Action=PutEvents' },
    ]);
  });

  test('calls a path as it calls an action', async () => {
    await start(context => recorder('sqs', requests)(context));
    gateway.action('go', 'sqs:SendMessage', 'Action=SendMessage', [{}], {
      integration: {
        IntegrationUri: 'arn:aws:apigateway:eu-west-1:sqs:path/123456789012/{queue}',
        RequestParameters: {
          'integration.request.path.queue': 'route.request.body.queue',
          'integration.request.querystring.delay': 'route.request.body.delay',
          'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'",
        },
      },
    });
    const client = await gateway.connect();
    await client.ask({ action: 'go', queue: 'mine=', delay: 'a b&c' });
    expect(requests[0]).toMatchObject({ path: '/123456789012/mine=', query: 'delay=a%20b%26c', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  });

  test('acts as its role', async () => {
    const principals: string[] = [];
    await start(() => ({
      ...recorder('dynamodb', requests)(undefined as never),
      operations: { Any: { permissions: () => [], handle: (_input, { principal }) => principals.push(`${principal.kind} ${principal.arn}`) } },
    }));
    gateway.action('go', 'dynamodb:PutItem', '{}');
    const client = await gateway.connect();
    await client.ask({ action: 'go' });
    expect(principals).toEqual([expect.stringMatching(/^role arn:aws:(iam|sts)::123456789012:.*gateway/)]);
  });

  test('fails when its role cannot be had', async () => {
    await start(context => recorder('dynamodb', requests)(context));
    jest.spyOn(gateway.kernel, 'assumeRole').mockImplementation(() => {
      throw new AwsError('AccessDenied', 'the role does not trust apigateway.amazonaws.com', 403);
    });
    gateway.action('go', 'dynamodb:PutItem', '{}');
    const client = await gateway.connect();
    expect(JSON.parse(await client.ask({ action: 'go' })).message).toBe('Internal server error');
    expect(requests).toEqual([]);
    expect(gateway.traced('message')[0].outcome).toContain('does not trust');
    expect(gateway.traced('failure')).toEqual([]);
  });

  test('is refused when the runtime does not emulate the service, which it names', async () => {
    await start();
    expect(() => gateway.action('go', 'sns:Publish', '{}')).toThrow('does not emulate the service "sns", which arn:aws:apigateway:eu-west-1:sns:action/Publish calls');
  });

  test('a fault of the runtime itself is shown with where it happened', async () => {
    await start(context => recorder('dynamodb', requests)(context));
    gateway.action('go', 'dynamodb:PutItem', '{}');
    jest.spyOn(gateway.kernel, 'send').mockImplementation(() => {
      throw new TypeError('a bug');
    });
    const client = await gateway.connect();
    expect(JSON.parse(await client.ask({ action: 'go' })).message).toBe('Internal server error');
    expect(gateway.traced('failure')).toMatchObject([{ source: 'execute-api', message: expect.stringMatching(/TypeError: a bug\n\s+at /) }]);
  });

  test('a service that answers with an error is answered for by the response that its status selects', async () => {
    await start(context => recorder('dynamodb', requests, 400, '{"__type":"ns#ConditionalCheckFailedException"}')(context));
    gateway.action('go', 'dynamodb:PutItem', '{}', [
      { IntegrationResponseKey: '$default', ResponseTemplates: { $default: 'other' } },
      { IntegrationResponseKey: '/2\\d\\d/', ResponseTemplates: { $default: 'fine' } },
      { IntegrationResponseKey: '/4\\d\\d/', ResponseTemplates: { $default: "refused: $input.path('$.__type')" } },
    ]);
    const client = await gateway.connect();
    expect(await client.ask({ action: 'go' })).toBe('refused: ns#ConditionalCheckFailedException');
  });

  test.each([
    ['/200/', true], ['/2\\d\\d/', true], ['/2\\d{2}/', true], ['200', true], ['/2/', false], ['/00/', false], ['2', false], ['/201|200/', true], ['/(?!2).*/', false],
  ])('the key %s has to match the whole status', async (key, matches) => {
    await start(context => recorder('dynamodb', requests)(context));
    gateway.action('go', 'dynamodb:PutItem', '{}', [
      { IntegrationResponseKey: key, ResponseTemplates: { $default: 'matched' } },
      { IntegrationResponseKey: '$default', ResponseTemplates: { $default: 'other' } },
    ]);
    const client = await gateway.connect();
    expect(await client.ask({ action: 'go' })).toBe(matches ? 'matched' : 'other');
  });

  test('an answer that no response takes up is an error of the gateway, for those who wait for one', async () => {
    await start(context => recorder('dynamodb', requests, 400)(context));
    gateway.action('loud', 'dynamodb:PutItem', '{}', [{ IntegrationResponseKey: '/200/' }]);
    gateway.action('quiet', 'dynamodb:PutItem', '{}', [{ IntegrationResponseKey: '/200/' }], { oneWay: true });
    const client = await gateway.connect();
    client.send({ action: 'quiet' });
    expect(await client.ask({ action: 'loud' })).toMatch(/^\{"message": "Internal server error", "connectionId":"[^"]+", "requestId":"[^"]+"\}$/);
  });

  test('whoever watches is told of a failure that a client does not wait for, the client is not', async () => {
    await start(context => recorder('dynamodb', requests, 400, '{"__type":"ResourceNotFoundException"}')(context));
    gateway.action('quiet', 'dynamodb:PutItem', '{}', [{ IntegrationResponseKey: '$default' }], { oneWay: true });
    gateway.action('$disconnect', 'dynamodb:DeleteItem', '{}', [], { oneWay: true });
    gateway.mock('ping', 'pong');
    const client = await gateway.connect();

    const traced = gateway.nextTraced('message');
    client.send({ action: 'quiet' });
    expect(await traced).toMatchObject({ routeKey: 'quiet', outcome: 'the integration answered with the status 400: {"__type":"ResourceNotFoundException"}' });
    expect(await client.ask({ action: 'ping' })).toBe('pong');

    const failed = gateway.nextTraced('failure');
    await client.close();
    expect((await failed).message).toMatch(/^The \$disconnect route of the connection .* failed: the integration answered with the status 400: /);
  });

  test('nobody is told of a failure where there is none', async () => {
    await start(context => recorder('dynamodb', requests, 399)(context));
    gateway.action('quiet', 'dynamodb:PutItem', '{}', [], { oneWay: true });
    const client = await gateway.connect();
    const traced = gateway.nextTraced('message');
    client.send({ action: 'quiet' });
    expect(await traced).toMatchObject({ outcome: 'ok' });
  });

  test('a response template may be selected by status and header', async () => {
    await start(context => recorder('dynamodb', requests, 201)(context));
    gateway.action('go', 'dynamodb:PutItem', '{}', [{
      TemplateSelectionExpression: '${integration.response.statuscode}-${integration.response.header.X-Answer}-${request.body.kind}',
      ResponseTemplates: { '201-yes-a': 'kind a', '$default': 'another kind' },
    }]);
    const client = await gateway.connect();
    expect(await client.ask({ action: 'go', kind: 'a' })).toBe('kind a');
    expect(await client.ask({ action: 'go', kind: 'b' })).toBe('another kind');
  });

  test('an integration that takes longer than its timeout is an error of the gateway', async () => {
    await start(jsonService('dynamodb', 'DynamoDB_20120810', { GetItem: () => new Promise(() => undefined) }));
    gateway.action('slow', 'dynamodb:GetItem', '{}', [{}], { integration: { TimeoutInMillis: 50 } });
    const client = await gateway.connect();
    const pending = gateway.clock.pending;
    client.send({ action: 'slow' });
    while (gateway.clock.pending === pending) {
      await new Promise(resolve => setImmediate(resolve));
    }
    await gateway.clock.advance(49);
    expect(gateway.traced('message')).toEqual([]);

    await gateway.clock.advance(1);

    expect(await client.next()).toMatch(/^\{"message": "Internal server error", /);
    expect(gateway.traced('message')[0].outcome).toContain('within 50 ms');
  });

  test('an integration that answers in time leaves no timer behind', async () => {
    await start(context => recorder('dynamodb', requests)(context));
    gateway.action('go', 'dynamodb:PutItem', '{}');
    const client = await gateway.connect();
    const pending = gateway.clock.pending;
    await client.ask({ action: 'go' });
    expect(gateway.clock.pending).toBe(pending);
  });

  describe('passthrough', () => {
    const start_ = () => start(context => recorder('dynamodb', requests)(context));
    test.each([
      ['WHEN_NO_MATCH', {}, true],
      ['WHEN_NO_MATCH', { other: '{}' }, true],
      ['WHEN_NO_TEMPLATES', {}, true],
      ['WHEN_NO_TEMPLATES', { other: '{}' }, false],
      ['NEVER', {}, false],
      ['NEVER', { other: '{}' }, false],
    ])('%s with the templates %j', async (PassthroughBehavior, RequestTemplates, passes) => {
      await start_();
      gateway.action('go', 'dynamodb:PutItem', '', [{}], { integration: { PassthroughBehavior, RequestTemplates } });
      const client = await gateway.connect();
      expect(await client.ask({ action: 'go' })).toMatch(passes ? '{"ok":true}' : /Internal server error/);
      expect(requests.map(({ body }) => body)).toEqual(passes ? ['{"action":"go"}'] : []);
    });

    test.each([
      ['\\$default', { $default: 'right' }],
      ['\\$default', { '\\$default': 'right' }],
      ['${request.body.kind}', { a: 'right', $default: 'wrong' }],
      ['${request.body.nope}', { a: 'wrong', $default: 'right' }],
      [undefined, { 'application/json': 'right' }],
      [undefined, { $default: 'right' }],
    ])('the selector %j of the templates %j finds the right one', async (TemplateSelectionExpression, RequestTemplates) => {
      await start_();
      gateway.action('go', 'dynamodb:PutItem', '', [{}], { integration: { TemplateSelectionExpression, RequestTemplates } });
      const client = await gateway.connect();
      await client.ask({ action: 'go', kind: 'a' });
      expect(requests.map(({ body }) => body)).toEqual(['right']);
    });

    test('a selector for $default does not find application/json: the message goes through as it came', async () => {
      await start_();
      gateway.action('go', 'dynamodb:PutItem', '', [{}], { integration: { PassthroughBehavior: 'WHEN_NO_MATCH', RequestTemplates: { 'application/json': 'template' } } });
      const client = await gateway.connect();
      await client.ask({ action: 'go' });
      expect(requests.map(({ body }) => body)).toEqual(['{"action":"go"}']);
    });
  });

  test('request parameters come from everywhere', async () => {
    await start(context => recorder('dynamodb', requests)(context));
    gateway.api({}, { StageVariables: { colour: 'green' } });
    const parameters = {
      'integration.request.header.fixed': "'it''s'",
      'integration.request.header.connection-id': 'context.connectionId',
      'integration.request.header.source': 'context.identity.sourceIp',
      'integration.request.header.colour': 'stageVariables.colour',
      'integration.request.header.missing-colour': 'stageVariables.nope',
      'integration.request.header.token': 'route.request.header.Token',
      'integration.request.header.room': 'route.request.querystring.room',
      'integration.request.header.rooms': 'route.request.multivaluequerystring.room',
    };
    gateway.action('$connect', 'dynamodb:PutItem', '{}', [{}], {
      integration: { RequestParameters: parameters },
      route: {
        RequestParameters: {
          'route.request.header.Token': { Required: false },
          'route.request.querystring.room': { Required: true },
          'route.request.multivaluequerystring.room': { Required: false },
        },
      },
    });
    gateway.action('go', 'dynamodb:PutItem', '{}', [{}], {
      integration: {
        RequestParameters: {
          'integration.request.header.whole': 'route.request.body',
          'integration.request.header.deep': 'route.request.body.a[1].b',
          'integration.request.header.object': 'route.request.body.a',
          'integration.request.header.missing': 'route.request.body.nope',
        },
      },
    });
    const client = await gateway.connect('/live?room=1&room=2', { headers: { TOKEN: 'secret' } });
    await client.ask({ action: 'go', a: [0, { b: true }] });

    const [first, second] = requests.map(({ headers }) => headers);
    expect(first).toMatchObject({ 'fixed': "it''s", 'connection-id': expect.stringMatching(/=$/), 'source': '127.0.0.1', 'colour': 'green', 'token': 'secret', 'room': '2', 'rooms': '1,2' });
    expect(first).not.toHaveProperty('missing-colour');
    expect(second).toMatchObject({ whole: '{"action":"go","a":[0,{"b":true}]}', deep: 'true', object: '[0,{"b":true}]' });
    expect(second).not.toHaveProperty('missing');

    expect(await gateway.refused('/live')).toMatchObject({ status: 400, body: expect.stringMatching(/^\{"message": "Missing required request parameters: \[room\]", /) });
  });

  test('stage variables fill in the address', async () => {
    await start(context => recorder('dynamodb', requests)(context));
    gateway.api({}, { StageVariables: { operation: 'GetItem' } });
    gateway.action('go', 'dynamodb:${stageVariables.operation}', '{"v":"$stageVariables.operation"}');
    const client = await gateway.connect();
    await client.ask({ action: 'go' });
    expect(requests[0]).toMatchObject({ headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' }, body: '{"v":"GetItem"}' });
  });

  test('stage variables that lead to no address fail at the first message', async () => {
    await start();
    gateway.api({}, { StageVariables: { service: 'execute-api' } });
    gateway.action('go', '${stageVariables.service}:PutItem', '{}');
    const client = await gateway.connect();
    expect(JSON.parse(await client.ask({ action: 'go' })).message).toBe('Internal server error');
    expect(gateway.traced('message')[0].outcome).toContain('AWS Service of type execute-api not supported');
    expect(gateway.traced('failure')).toEqual([]);
  });

  test('a template that is no Velocity fails at its first message, and says so to whoever watches', async () => {
    await start(context => recorder('dynamodb', requests)(context));
    gateway.action('go', 'dynamodb:PutItem', '#if( #nonsense(');
    const client = await gateway.connect();
    expect(JSON.parse(await client.ask({ action: 'go' })).message).toBe('Internal server error');
    expect(gateway.traced('message')[0].outcome).toContain('a mapping template failed');
  });
});
