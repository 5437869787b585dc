// The fair limit of any runtime on Node: the WebSocket library, a JSON.parse, and a choice of route.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 4096, perMessageDeflate: false });
const routes = {
  echo: (socket, data) => socket.send(data, { binary: false }),
  broadcast: (_, data) => server.clients.forEach(client => client.send(data, { binary: false })),
};
server.on('connection', socket => {
  socket.on('error', () => undefined);
  socket.on('message', data => routes[JSON.parse(data.toString()).action]?.(socket, data));
});
server.on('listening', () => console.log(`ws://127.0.0.1:${server.address().port}/`));
