import { jsonService, TestGateway } from './test-gateway';
import { commonLogTime } from '../../../../local/services/apigatewayv2/request-context';

const NAMES = [
  'apiId', 'connectedAt', 'connectionId', 'disconnectReason', 'disconnectStatusCode', 'domainName', 'eventType', 'extendedRequestId', 'messageDirection',
  'messageId', 'requestId', 'requestTime', 'requestTimeEpoch', 'routeKey', 'stage', 'identity.sourceIp', 'identity.userAgent',
];
const TEMPLATE = JSON.stringify(Object.fromEntries(NAMES.map(name => [name, `$context.${name}`])));
const IDENTIFIER = expect.stringMatching(/^[A-Za-z0-9_-]{15}=$/);

describe('$context', () => {
  let gateway: TestGateway;
  const seen: any[] = [];
  beforeEach(async () => {
    seen.length = 0;
    gateway = await TestGateway.start(jsonService('dynamodb', 'DynamoDB_20120810', {
      PutItem: input => {
        seen.push(input);
        return {};
      },
    }));
    gateway.api();
    for (const key of ['$connect', '$disconnect', 'hello']) {
      gateway.action(key, 'dynamodb:PutItem', TEMPLATE);
    }
  });
  afterEach(() => gateway.stop());

  test('of a connection from beginning to end', async () => {
    const connectedAt = gateway.clock.now();
    const client = await gateway.connect('/live', { headers: { 'User-Agent': 'test/1' } });
    await gateway.clock.advance(1_500);
    await client.ask({ action: 'hello' });
    const disconnected = gateway.nextTraced('call');
    await client.close(4000, 'enough');
    await disconnected;

    const common = {
      'apiId': gateway.apiId,
      'connectedAt': String(connectedAt),
      'connectionId': IDENTIFIER,
      'domainName': `${gateway.apiId}.execute-api.eu-west-1.amazonaws.com`,
      'messageDirection': 'IN',
      'requestId': IDENTIFIER,
      'stage': 'live',
      'identity.sourceIp': '127.0.0.1',
      'identity.userAgent': 'test/1',
      'disconnectReason': '',
      'disconnectStatusCode': '',
    };
    expect(seen).toEqual([
      { ...common, extendedRequestId: seen[0].requestId, eventType: 'CONNECT', routeKey: '$connect', messageId: '', requestTime: '02/Jan/2026:03:04:05 +0000', requestTimeEpoch: String(connectedAt) },
      { ...common, extendedRequestId: seen[1].requestId, eventType: 'MESSAGE', routeKey: 'hello', messageId: IDENTIFIER, requestTime: '02/Jan/2026:03:04:06 +0000', requestTimeEpoch: String(connectedAt + 1_500) },
      {
        ...common,
        extendedRequestId: seen[2].requestId,
        eventType: 'DISCONNECT',
        routeKey: '$disconnect',
        messageId: '',
        requestTime: '02/Jan/2026:03:04:06 +0000',
        requestTimeEpoch: String(connectedAt + 1_500),
        disconnectStatusCode: '4000',
        disconnectReason: 'enough',
      },
    ]);
    expect(new Set(seen.map(({ connectionId }) => connectionId)).size).toBe(1);
    expect(new Set(seen.map(({ requestId }) => requestId)).size).toBe(3);
  });

  test.each([
    ['without a status', undefined, undefined, '1005', 'Client-side close frame status not set'],
    ['with a status and no reason', 1001, undefined, '1001', ''],
    ['normally', 1000, 'bye', '1000', 'bye'],
  ])('of a client that closes %s', async (_name, code, reason, disconnectStatusCode, disconnectReason) => {
    const client = await gateway.connect();
    const disconnected = gateway.nextTraced('call');
    await client.close(code, reason);
    await disconnected;
    expect(seen[1]).toMatchObject({ disconnectStatusCode, disconnectReason });
  });

  test('of a client that vanishes', async () => {
    const client = await gateway.connect();
    const disconnected = gateway.nextTraced('call');
    client.socket.terminate();
    await disconnected;
    expect(seen[1]).toMatchObject({ disconnectStatusCode: '1006', disconnectReason: '' });
  });
});

test.each([
  [Date.UTC(2022, 4, 16, 17, 30, 27, 999), '16/May/2022:17:30:27 +0000'],
  [Date.UTC(2023, 0, 1), '01/Jan/2023:00:00:00 +0000'],
])('the Common Log Format of %d', (time, text) => {
  expect(commonLogTime(time)).toBe(text);
});
