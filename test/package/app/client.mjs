import { readFileSync } from 'node:fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import WebSocket from 'ws';

const { SocketUrl: url, BusName: bus } = JSON.parse(readFileSync(process.env.LAMBDALESS_OUTPUTS, 'utf8')).Consumer;
const socket = new WebSocket(url);
const frames = [];
const tooLate = setTimeout(() => { throw new Error(`after 30 seconds only ${frames.length} frames had come: ${JSON.stringify(frames)}`); }, 30_000);
socket.on('open', () => socket.send('{"action":"subscribe","pattern":{"source":["consumer"]}}'));
socket.on('error', error => { throw error; });
socket.on('message', async data => {
  frames.push(JSON.parse(data));
  if (frames.length === 1) {
    await new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [{ EventBusName: bus, Source: 'consumer', DetailType: 'Tried', Detail: '{"n":1}' }] }));
  } else {
    console.log(`received ${frames[1]['detail-type']} ${JSON.stringify(frames[1].detail)}`);
    clearTimeout(tooLate);
    socket.close();
  }
});
