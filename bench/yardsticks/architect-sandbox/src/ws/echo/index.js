const http = require('node:http');

const port = JSON.parse(process.env.ARC_SANDBOX).ports._arc;

exports.handler = ({ requestContext: { connectionId }, body }) => new Promise((resolve, reject) => {
  const request = http.request({ host: '127.0.0.1', port, path: `/_arc/ws/@connections/${connectionId}`, method: 'POST' }, response => {
    response.resume().on('end', () => resolve({ statusCode: 200 }));
  });
  request.on('error', reject);
  request.end(body);
});
