// The same echo and broadcast, as handlers in the process of aws-lambda-ws-server.
process.env.MAPPING_KEY = 'action';
const ws = require('aws-lambda-ws-server');

const connections = new Set();
const handled = { statusCode: 200 };

ws(ws.handler({
  async connect({ id }) {
    connections.add(id);
    return handled;
  },
  async disconnect({ id }) {
    connections.delete(id);
    return handled;
  },
  async default() {
    return handled;
  },
  async echo({ message, id, context }) {
    await context.postToConnection(message, id);
    return handled;
  },
  async broadcast({ message, context }) {
    await Promise.all([...connections].map(id => context.postToConnection(message, id)));
    return handled;
  },
}));
// It listens on a port of its own choice: it is told another, on this machine alone.
ws.server.close(() => ws.server.listen(0, '127.0.0.1', 4096, () => console.log(`ws://127.0.0.1:${ws.server.address().port}/`)));
