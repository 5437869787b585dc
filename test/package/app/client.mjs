import { readFileSync } from 'node:fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EventClient } from 'cdk-lambdaless-websockets/client';
import WebSocket from 'ws';

const { SocketUrl: url, BusName: bus } = JSON.parse(readFileSync(process.env.LAMBDALESS_OUTPUTS, 'utf8')).Consumer;
const tooLate = setTimeout(() => { throw new Error('after 30 seconds no event had come'); }, 30_000);
const client = new EventClient({ url, WebSocket, onProblem: problem => { throw problem; } });
const subscription = client.subscribe({ source: ['consumer'] }, event => {
  console.log(`received ${event['detail-type']} ${JSON.stringify(event.detail)}`);
  clearTimeout(tooLate);
  client.close();
});
await subscription.ready;
await new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [{ EventBusName: bus, Source: 'consumer', DetailType: 'Tried', Detail: '{"n":1}' }] }));
