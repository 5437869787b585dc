import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { TestEvents } from './test-events';
import { eventually } from '../../../support/test-kernel';

describe('an API destination', () => {
  let server: Server;
  let events: TestEvents;
  let destination: string;
  let connection: string;
  let received: Array<{ request: IncomingMessage; body: string }>;
  let statuses: number[];

  beforeEach(async () => {
    received = [];
    statuses = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => { body += chunk; }).on('end', () => {
        received.push({ request, body });
        response.writeHead(statuses.shift() ?? 200).end();
      });
    });
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
    events = new TestEvents();
    connection = String((await events.test.create('AWS::Events::Connection', {
      Name: 'shop',
      AuthorizationType: 'API_KEY',
      AuthParameters: {
        ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 's3cret' },
        InvocationHttpParameters: { BodyParameters: [{ Key: 'from', Value: 'connection' }], QueryStringParameters: [{ Key: 'v', Value: '2' }] },
      },
    }, 'Connection')).attributes!.Arn);
    destination = String((await events.test.create('AWS::Events::ApiDestination', {
      Name: 'orders', ConnectionArn: connection, HttpMethod: 'PUT', InvocationEndpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders/*/lines`,
    }, 'Destination')).attributes!.Arn);
  });
  afterEach(() => new Promise(closed => server.close(closed)));

  const target = (more: object = {}, ...actions: string[]) => ({
    Arn: destination, RoleArn: events.test.role('caller', 'events.amazonaws.com', ...(actions.length > 0 ? actions : ['events:InvokeApiDestination'])), ...more,
  });

  test('gets the event with the credentials of its connection, at the path that the target fills in', async () => {
    await events.rule([target({ HttpParameters: { PathParameterValues: ['7/../8'], HeaderParameters: { 'X-Trace': 'abc', 'x-key': 'of the rule' }, QueryStringParameters: { q: 'a b' } } })]);
    await events.put();
    const { request, body } = await eventually(() => received[0]);
    expect({ method: request.method, url: request.url }).toEqual({ method: 'PUT', url: '/orders/7%2F..%2F8/lines?q=a+b&v=2' });
    expect(request.headers).toMatchObject({ 'x-key': 's3cret', 'x-trace': 'abc', 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Amazon/EventBridge/ApiDestinations' });
    expect(JSON.parse(body)).toMatchObject({ source: 'shop', detail: { n: 1 }, from: 'connection' });
  });

  test('that is sent the URL of an API of the run is told where it is reached here', async () => {
    events.test.localValue = text => text.replace('https://api.execute-api.example', 'http://127.0.0.1:9/api');
    await events.rule([target()]);
    await events.put({ Detail: '{"callbackUrl":"https://api.execute-api.example/orders"}' });
    expect(JSON.parse((await eventually(() => received[0])).body).detail).toEqual({ callbackUrl: 'http://127.0.0.1:9/api/orders' });
  });

  test('that is not well is asked again, and one that refuses is not', async () => {
    statuses = [503, 429, 200];
    await events.rule([target()]);
    await events.put();
    for (let attempt = 0; received.length < 3 && attempt < 10_000; attempt++) {
      await events.test.clock.advance(1);
    }
    expect(received).toHaveLength(3);

    statuses = [400];
    await events.put();
    expect(await events.failure()).toMatch(/could not hand event .* answered with the status 400/);
    expect(received).toHaveLength(4);
  });

  test('is not reached by a role that may not invoke it', async () => {
    await events.rule([target({}, 'events:PutEvents')]);
    await events.put();
    expect(await events.failure()).toMatch(/is not authorized to perform: events:InvokeApiDestination/);
    expect(received).toEqual([]);
  });

  test('is described without its secrets', async () => {
    expect(await events.call('DescribeApiDestination', { Name: 'orders' })).toMatchObject({ ApiDestinationArn: destination, HttpMethod: 'PUT', ConnectionArn: connection });
    expect(JSON.stringify(await events.call('DescribeConnection', { Name: 'shop' }))).not.toContain('s3cret');
    await expect(events.call('DescribeConnection', { Name: 'other' })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test.each([
    ['a connection that is not there', { ConnectionArn: 'arn:aws:events:us-east-1:000000000000:connection/none/1' }, "Connection 'none' does not exist"],
    ['a method', { HttpMethod: 'TRACE' }, 'HttpMethod has to be one of'],
    ['an address', { InvocationEndpoint: 'ftp://x' }, 'InvocationEndpoint has to be an https:// URL'],
    ['an address without TLS', { InvocationEndpoint: 'http://shop.example/' }, 'InvocationEndpoint has to be an https:// URL'],
  ])('is refused with %s', async (_, properties, message) => {
    await expect(events.test.create('AWS::Events::ApiDestination', { Name: 'x', ConnectionArn: connection, HttpMethod: 'POST', InvocationEndpoint: 'https://x', ...properties }, 'X')).rejects.toThrow(message);
  });
});
