// A third party that takes orders and calls back. `npm start -- webhook` starts it.
// An order says in `play` how this goes: slow, failing, duplicate, refusing or silent; otherwise it goes well.
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const PORT = Number(process.env.PORT ?? 4520);
const KEY = process.env.THIRD_PARTY_KEY ?? 'key-for-local-use';
const SLOW_MILLISECONDS = 3000;

/** How often each order came, by its correlation id: EventBridge may send one again. */
const attempts = new Map();

const server = createServer(async (request, response) => {
  try {
    response.writeHead(await take(request)).end();
  } catch (error) {
    console.log(`no order: ${error.message}`);
    response.writeHead(400).end();
  }
});

/** Gives the status with which an order is taken, or is not. */
async function take(request) {
  if (request.method !== 'POST' || request.url !== '/orders') {
    return 404;
  }
  if (request.headers['x-api-key'] !== KEY) {
    return 403;
  }
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const { correlationId, callbackUrl, data } = JSON.parse(Buffer.concat(chunks).toString());
  const attempt = (attempts.get(correlationId) ?? 0) + 1;
  attempts.set(correlationId, attempt);
  if (data?.play === 'refusing') {
    console.log(`${correlationId} refused`);
    return 422;
  }
  const taken = data?.play === 'failing' ? 2 : 1;
  if (attempt < taken) {
    console.log(`${correlationId} not taken`);
    return 503;
  }
  if (attempt === taken) {
    void carryOut(correlationId, callbackUrl, data);
  }
  return 202;
}

async function carryOut(correlationId, callbackUrl, data) {
  if (data?.play === 'silent') {
    console.log(`${correlationId} waits for you: curl -d '{"status":"shipped"}' ${callbackUrl}`);
    return;
  }
  await pause(data?.play === 'slow' ? SLOW_MILLISECONDS : 100);
  for (let count = 0; count < (data?.play === 'duplicate' ? 2 : 1); count++) {
    const body = JSON.stringify({ item: data?.item, status: 'shipped' });
    const answer = await fetch(callbackUrl, { method: 'POST', body, headers: { 'content-type': 'application/json' } }).catch(error => ({ status: error.message }));
    console.log(`${correlationId} answered: ${answer.status}`);
  }
}

server.on('error', error => {
  console.error(`The third party cannot listen: ${error.message}`);
  process.exitCode = 1;
});
server.listen(PORT, '127.0.0.1', () => console.log(`The third party takes orders at http://127.0.0.1:${PORT}/orders.`));
