import { CfnOutput } from 'aws-cdk-lib';
import { WebSocketClient } from '../../../integ/websocket-client';
import { DirectMessage, EventMessage, EventSocket, MessageValue, Presence, WebSocketEndpoint } from '../../../src';
import { StillApp } from '../../support/still-app';

/** An EventSocket whose own clients are the events: its connections are a ConnectionTable like any other. */
const app = new StillApp(stack => {
  const socket = new EventSocket(stack, 'Socket');
  const { connections, eventBus } = socket;
  const presence = new Presence(stack, 'Presence', { connections, eventBus });
  const endpoint = WebSocketEndpoint.fromWebSocketStage(stack, 'Endpoint', socket.stage);
  presence.welcome('Welcome', new DirectMessage(stack, 'DirectMessage', { endpoint, connections }), EventMessage.of({ type: 'welcome', you: MessageValue.field('detail.connectionId') }));
  new CfnOutput(stack, 'Url', { value: socket.url });
});
beforeAll(() => app.start(), 60_000);
afterAll(() => app.stop());

/** The next message, as time goes on. */
async function next(client: WebSocketClient): Promise<any> {
  for (let attempt = 0; attempt < 2000 && client.unread.length === 0; attempt++) {
    await app.clock.advance(250);
  }
  return client.next();
}

test('clients are greeted, and who subscribed to it is told who comes and goes; subscriptions are no clients', async () => {
  const ana = await app.open();
  expect(await next(ana)).toEqual({ type: 'welcome', you: expect.any(String) });
  ana.send({ action: 'subscribe', pattern: { source: ['websocket.presence'] } });
  expect(await next(ana)).toMatchObject({ type: 'subscribed' });

  const ben = await app.open();
  const { you } = await next(ben);
  expect(await next(ana)).toMatchObject({ 'detail-type': 'ClientJoined', 'detail': { connectionId: you, connectedAt: expect.any(Number), attributes: {} } });
  ben.send({ action: 'subscribe', pattern: { source: ['anything'] } });
  expect(await next(ben)).toMatchObject({ type: 'subscribed' });
  await ben.close();
  expect(await next(ana)).toMatchObject({ 'detail-type': 'ClientLeft', 'detail': { connectionId: you, reason: 'disconnected' } });
  await app.clock.advance(5000);
  expect(ana.unread).toEqual([]);
  await ana.close();
});
