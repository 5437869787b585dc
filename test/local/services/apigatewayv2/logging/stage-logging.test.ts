import { logs } from '../../../../../local/services/logs';
import { ENVIRONMENT, jsonService, ROLE, TestGateway } from '../test-gateway';

const ACCESS_GROUP = '/access';
const ACCESS_ARN = `arn:aws:logs:eu-west-1:123456789012:log-group:${ACCESS_GROUP}`;
const ECHO = '{"text":"$util.escapeJavaScript($input.path(\'$.text\'))"}';

describe('the logs of a stage', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await TestGateway.start(logs, jsonService('dynamodb', 'DynamoDB_20120810', { PutItem: () => ({ done: true }) }));
  });
  afterEach(() => gateway.stop());

  function api(stage: object, accessFormat?: string): void {
    gateway.api({}, { ...stage, ...(accessFormat === undefined ? {} : { AccessLogSettings: { DestinationArn: ACCESS_ARN, Format: accessFormat } }) });
    gateway.mock('echo', ECHO);
  }

  const executionGroup = () => `/aws/apigateway/${gateway.apiId}/live`;

  /** The messages of a group, once there are so many. */
  async function messages(logGroupName: string, count: number): Promise<string[]> {
    for (let attempt = 0; ; attempt++) {
      const { events } = await gateway.kernel.invoke({
        principal: { kind: 'account', arn: 'arn:aws:iam::123456789012:root' }, service: 'logs', operation: 'FilterLogEvents', input: { logGroupName },
      }).catch(error => error.code === 'ResourceNotFoundException' ? { events: [] } : Promise.reject(error)) as { events: Array<{ message: string }> };
      if (events.length >= count || attempt === 2000) {
        expect(events.map(({ message }) => message)).toHaveLength(count);
        return events.map(({ message }) => message);
      }
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  describe('access logs', () => {
    test('have a line for every connection, message and end', async () => {
      api({}, '{"id":"$context.requestId","type":"$context.eventType","route":"$context.routeKey","status":"$context.status","connection":"$context.connectionId","ip":"$context.identity.sourceIp","user":"$context.identity.user","end":"$context.disconnectStatusCode"}');
      const client = await gateway.connect();
      await client.ask({ action: 'echo', text: 'a' });
      await client.close(1000, 'bye');
      const lines = (await messages(ACCESS_GROUP, 3)).map(line => JSON.parse(line));
      const common = { id: expect.stringMatching(/^.{15}=$/), status: '200', ip: '127.0.0.1', user: '-', connection: lines[0].connection };
      expect(lines).toEqual([
        { ...common, type: 'CONNECT', route: '$connect', end: '-' },
        { ...common, type: 'MESSAGE', route: 'echo', end: '-' },
        { ...common, type: 'DISCONNECT', route: '$disconnect', end: '1000' },
      ]);
      expect(common.connection).toMatch(/^.{15}=$/);
    });

    test('tell of failures', async () => {
      api({}, '$context.requestId $context.routeKey $context.status $context.error.message $context.error.messageString $context.error.responseType $context.nothing.');
      gateway.mock('bad', undefined, 'no status');
      const client = await gateway.connect();
      await client.ask({ action: 'nowhere' });
      await client.ask({ action: 'bad' });
      const [, forbidden, bad] = await messages(ACCESS_GROUP, 3);
      expect(forbidden).toMatch(/^\S+ - 403 Forbidden "Forbidden" ACCESS_DENIED -\.$/);
      expect(bad).toMatch(/^\S+ bad 500 Internal server error "Internal server error" API_CONFIGURATION_ERROR -\.$/);
    });

    test('tell of the integration', async () => {
      api({}, '$context.requestId|$context.integration.status|$context.integrationLatency|$context.integration.requestId');
      gateway.action('put', 'dynamodb:PutItem', '{}');
      const client = await gateway.connect();
      await client.ask({ action: 'put' });
      expect((await messages(ACCESS_GROUP, 2))[1]).toMatch(/^[^|]+\|200\|0\|[0-9a-f-]{36}$/);
    });

    test('are read in the Common Log Format as well', async () => {
      api({}, '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] "$context.eventType $context.routeKey $context.connectionId" $context.status $context.requestId');
      await gateway.connect();
      expect((await messages(ACCESS_GROUP, 1))[0]).toMatch(/^127\.0\.0\.1 - - \[02\/Jan\/2026:03:04:05 \+0000\] "CONNECT \$connect \S{15}=" 200 \S{15}=$/);
    });

    test.each([
      [{ DestinationArn: ACCESS_ARN, Format: '$context.status' }, '$context.requestId'],
      [{ DestinationArn: ACCESS_ARN, Format: '$context.requestId\n$context.status' }, 'single line'],
      [{ DestinationArn: ACCESS_ARN, Format: `$context.requestId${'x'.repeat(3072)}` }, '3072 bytes'],
      [{ DestinationArn: ACCESS_ARN }, 'Format'],
      [{ DestinationArn: 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/x', Format: '$context.requestId' }, 'log group'],
    ])('%j is refused', (AccessLogSettings, named) => {
      expect(() => gateway.api({}, { AccessLogSettings })).toThrow(named);
    });
  });

  describe('execution logs', () => {
    async function echo(): Promise<void> {
      const client = await gateway.connect();
      await client.ask({ action: 'echo', text: 'hello' });
    }

    test('tell at INFO what happened, without what was said', async () => {
      api({ DefaultRouteSettings: { LoggingLevel: 'INFO' } });
      await echo();
      const lines = await messages(executionGroup(), 10);
      const id = /^\((\S{15}=)\) Extended Request Id: (\S{15}=)$/.exec(lines[0])!;
      expect(id[1]).toBe(id[2]);
      expect(lines.map(line => line.replace(/[\w-]{15}=/g, 'ID').replace(/UserAgent: [^,]*/, 'UserAgent: U'))).toEqual([
        '(ID) Extended Request Id: ID',
        '(ID) Starting execution for request: ID',
        '(ID) WebSocket Request Route: [$connect]',
        `(ID) Client [UserAgent: U, SourceIp: 127.0.0.1] is connecting to WebSocket API [${gateway.apiId}].`,
        `(ID) Client [Connection Id: ID] connected to API [${gateway.apiId}] successfully.`,
        '(ID) Extended Request Id: ID',
        '(ID) Starting execution for request: ID',
        '(ID) WebSocket Request Route: [echo]',
        `(ID) WebSocket API [${gateway.apiId}] received message from client [Connection Id: ID].`,
        `(ID) Message from client [Connection Id: ID] sent to API [${gateway.apiId}] with response status code [200].`,
      ]);
      expect(lines.join('\n')).not.toContain('hello');
    });

    test('hold bodies when data is traced, whatever the level says', async () => {
      api({ DefaultRouteSettings: { LoggingLevel: 'OFF', DataTraceEnabled: 'true' } });
      await echo();
      const text = (await messages(executionGroup(), 22)).join('\n');
      expect(text).toContain(') Method request body before transformations: {"action":"echo","text":"hello"}');
      expect(text).toContain(') Endpoint request body after transformations: {"statusCode":200}');
      expect(text).toContain(') Received response. Status: 200, Integration latency: 0 ms');
      expect(text).toContain(') Method response body after transformations: {"text":""}');
    });

    test('have only failures at ERROR', async () => {
      api({ DefaultRouteSettings: { LoggingLevel: 'ERROR' } });
      gateway.mock('bad', undefined, 'no status');
      const client = await gateway.connect();
      await client.ask({ action: 'echo' });
      await client.ask({ action: 'bad' });
      expect((await messages(executionGroup(), 2)).map(line => line.slice(19))).toEqual([
        'Execution failed due to configuration error: statusCode should be an integer which defined in request template',
        'Method completed with status: 500',
      ]);
    });

    test('follow the settings of a route before those of the stage', async () => {
      api({ DefaultRouteSettings: { LoggingLevel: 'INFO' }, RouteSettings: { $connect: { LoggingLevel: 'OFF' } } });
      await echo();
      expect((await messages(executionGroup(), 5))[2]).toContain('[echo]');
    });

    test('cut long lines', async () => {
      api({ DefaultRouteSettings: { DataTraceEnabled: true }, RouteSettings: { $connect: { DataTraceEnabled: false } } });
      const client = await gateway.connect();
      await client.ask({ action: 'echo', text: 'é'.repeat(2000) });
      const line = (await messages(executionGroup(), 14)).find(each => each.includes('Method request body'))!;
      expect(line).toMatch(/é \[TRUNCATED\]$/);
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(1024);
      expect(Buffer.byteLength(line)).toBeGreaterThan(1020);
    });

    test('a level that is none is refused', () => {
      expect(() => gateway.api({}, { DefaultRouteSettings: { LoggingLevel: 'DEBUG' } })).toThrow('LoggingLevel');
    });

    test('keep up with a flood of messages', async () => {
      api({ DefaultRouteSettings: { LoggingLevel: 'INFO' } });
      const client = await gateway.connect();
      for (let count = 0; count < 300; count++) {
        client.send({ action: 'echo', text: String(count) });
      }
      for (let count = 0; count < 300; count++) {
        expect(await client.next()).toBe('{"text":""}');
      }
      await messages(executionGroup(), 301 * 5);
      const puts = gateway.traced('call').filter(({ operation }) => operation === 'PutLogEvents');
      expect(puts.length).toBeLessThan(301 * 5 / 2);
    });
  });

  test('a stage that logs nothing makes no group, and writes nothing', async () => {
    api({ DefaultRouteSettings: { LoggingLevel: 'OFF', DataTraceEnabled: false } });
    const client = await gateway.connect();
    await client.ask({ action: 'echo' });
    expect(gateway.traced('call').filter(({ service }) => service === 'logs')).toEqual([]);
  });

  describe('the account\'s role', () => {
    const declareAccount = (properties: object) => gateway.service.resourceTypes['AWS::ApiGateway::Account'].create({
      properties, environment: ENVIRONMENT, generateId: () => 'account',
    } as never);

    function role(name: string, service: string, ...actions: string[]): string {
      const arn = `arn:aws:iam::123456789012:role/${name}`;
      gateway.kernel.roles.define({
        arn,
        name,
        trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] },
        policies: actions.length === 0 ? [] : [{ name: 'p', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] } }],
      });
      return arn;
    }

    test('writes', async () => {
      await declareAccount({ CloudWatchRoleArn: ROLE });
      api({}, '$context.requestId');
      await gateway.connect();
      await messages(ACCESS_GROUP, 1);
      const [call] = gateway.traced('call').filter(({ operation }) => operation === 'PutLogEvents');
      expect(call.principal).toContain(':assumed-role/gateway/');
    });

    test('that may not write stops no message, and is told once', async () => {
      await declareAccount({ CloudWatchRoleArn: role('Denied', 'apigateway.amazonaws.com', 'logs:CreateLog*') });
      api({}, '$context.requestId');
      const client = await gateway.connect();
      for (let count = 0; count < 3; count++) {
        await client.ask({ action: 'echo' });
        await new Promise(resolve => setImmediate(resolve));
      }
      expect(await messages(ACCESS_GROUP, 0)).toEqual([]);
      const failures = gateway.traced('failure');
      expect(failures).toHaveLength(1);
      expect(failures[0].message).toMatch(/^The log group \/access does not get its logs: AccessDeniedException: .*logs:PutLogEvents/);
    });

    test('has to trust API Gateway', () => {
      const arn = role('Untrusting', 'lambda.amazonaws.com', 'logs:*');
      expect(() => declareAccount({ CloudWatchRoleArn: arn })).toThrow('The role ARN does not have required permissions configured.');
    });

    test('is needed where the template declares the account', async () => {
      await declareAccount({});
      expect(() => api({}, '$context.requestId')).toThrow('CloudWatch Logs role ARN must be set in account settings to enable logging');
      gateway.api();
    });
  });
});
