// Uses a deployment of an app of this folder: an event reaches the client that subscribed to it, and a message is stored by the route that does it directly.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EventClient } from 'cdk-lambdaless-websockets/client';
import WebSocket from 'ws';

const { SocketUrl, BusName, ApiUrl, TableName } = JSON.parse(readFileSync(process.env.LAMBDALESS_OUTPUTS, 'utf8')).Consumer;
const tooLate = setTimeout(() => { throw new Error('After a minute not all answers had come.'); }, 60_000);

const client = new EventClient({ url: SocketUrl, WebSocket, onProblem: problem => { throw problem; } });
const event = await new Promise(resolve => {
  client.subscribe({ source: ['consumer'] }, resolve).ready.then(() =>
    new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [{ EventBusName: BusName, Source: 'consumer', DetailType: 'Tried', Detail: '{"n":1}' }] })));
});
client.close();

const writer = new WebSocket(ApiUrl);
await once(writer, 'open');
writer.send(JSON.stringify({ action: 'save', text: 'it\'s "stored"' }));
const [answer] = await once(writer, 'message');
const { Items: items } = await new DynamoDBClient({}).send(new ScanCommand({ TableName }));
writer.close();
clearTimeout(tooLate);

console.log(JSON.stringify({ detail: event.detail, answered: JSON.parse(answer).ok, stored: items.map(item => item.text.S) }));
