const http = require('node:http');

// In the process of serverless-offline there is one copy of this.
const connections = new Set();
const agent = new http.Agent({ keepAlive: true, maxSockets: 50 });

const post = (connectionId, data) => new Promise((resolve, reject) => {
  const request = http.request({ host: '127.0.0.1', port: 29111, path: `/@connections/${encodeURIComponent(connectionId)}`, method: 'POST', agent }, response => {
    response.resume().on('end', resolve);
  });
  request.on('error', reject);
  request.end(data);
});

exports.connect = async ({ requestContext: { connectionId } }) => {
  connections.add(connectionId);
  return { statusCode: 200 };
};
exports.disconnect = async ({ requestContext: { connectionId } }) => {
  connections.delete(connectionId);
  return { statusCode: 200 };
};
exports.echo = async event => ({ statusCode: 200, body: event.body });
exports.broadcast = async event => {
  await Promise.all([...connections].map(connectionId => post(connectionId, event.body)));
  return { statusCode: 200 };
};
