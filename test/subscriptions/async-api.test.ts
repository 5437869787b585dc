import asyncApiSchema from '@asyncapi/specs/schemas/3.0.0.json';
import { Validator } from '@cfworker/json-schema';
import { App, Stack } from 'aws-cdk-lib';
import { EventMessage, EventSocket, EventSocketProps, MessageValue } from '../../src';
import { RunningSocket } from '../contract/running-socket';

const socket = (props?: EventSocketProps) => new EventSocket(new Stack(new App(), 'Stack'), 'Orders', props);
const specification = new Validator(asyncApiSchema as object, '7');

function problemsOf(document: object): string[] {
  return specification.validate(JSON.parse(JSON.stringify(document))).errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}

/** Every reference of a document leads somewhere in it. */
function follow(document: any, value: any): void {
  if (typeof value?.$ref === 'string') {
    expect(value.$ref.slice(2).split('/').reduce((node: any, name: string) => node?.[name], document)).toBeDefined();
  }
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(member => follow(document, member));
  }
}

test.each<[string, EventSocketProps]>([
  ['defaults', {}],
  ['an envelope', { message: EventMessage.envelope() }],
  ['a message of its own', { message: EventMessage.of({ id: MessageValue.field('id'), list: [1, null, MessageValue.event()], nested: { subscription: MessageValue.subscriptionId() } }) }],
])('with %s it is an AsyncAPI 3 document', (_, props) => {
  const document = socket(props).asyncApi({ title: 'Orders', version: '2.1.0' });
  expect(problemsOf(document)).toEqual([]);
  expect(document.info).toMatchObject({ title: 'Orders', version: '2.1.0' });
  follow(document, document);
  expect(JSON.stringify(document)).not.toContain('${Token[');
});

test('the specification is held against it: another document is refused', () => {
  const document = socket().asyncApi();
  expect(problemsOf({ ...document, operations: { ping: { action: 'answer' } } })).not.toEqual([]);
  expect(problemsOf({ ...document, asyncapi: '2.6.0' })).not.toEqual([]);
});

test('a host of the developer takes the place of the variables', () => {
  expect(socket().asyncApi({ host: 'events.example.com' }).servers.live).toEqual({ protocol: 'wss', pathname: '/live', host: 'events.example.com' });
});

test('in China hosts end as they do there', () => {
  const stack = new Stack(new App(), 'Stack', { env: { region: 'cn-north-1' } });
  expect(new EventSocket(stack, 'Orders').asyncApi().servers.live.host).toBe('{apiId}.execute-api.{region}.amazonaws.com.cn');
  expect(socket().asyncApi().servers.live.host).toBe('{apiId}.execute-api.{region}.amazonaws.com');
});

test('what a socket says is what its document says', async () => {
  const message = EventMessage.envelope();
  const { components: { messages } } = socket({ message }).asyncApi();
  const running = await RunningSocket.start({ props: () => ({ message }) });
  const client = await running.connect();
  const check = (name: string, value: any) => expect({ name, value, errors: new Validator(messages[name].payload, '7').validate(value).errors }).toEqual({ name, value, errors: [] });
  const exchange = async (request: string, sent: any, answer: string) => {
    check(request, sent);
    check(answer, await client.request(sent));
  };
  await exchange('subscribe', { action: 'subscribe', pattern: { source: ['shop'] }, subscriptionId: 'orders' }, 'subscribed');
  await exchange('subscribe', { action: 'subscribe', pattern: { source: [] } }, 'error');
  await exchange('subscriptions', { action: 'subscriptions' }, 'subscriptionList');
  await exchange('ping', { action: 'ping' }, 'pong');
  await running.put();
  check('event', await client.next());
  await exchange('unsubscribe', { action: 'unsubscribe', subscriptionId: 'orders' }, 'unsubscribed');
  for (const [name, wrong] of [['subscribe', { action: 'subscribe' }], ['error', { type: 'error' }], ['event', {}], ['unsubscribe', { action: 'unsubscribe', subscriptionId: 'a b' }]] as const) {
    expect(new Validator(messages[name].payload, '7').validate(wrong).valid).toBe(false);
  }
  await running.stop();
});
