'use strict';
/**
 * A function's own process: loads its handler, and calls it with each event that comes over file descriptor 3, one at a time.
 * Plain JavaScript, since it runs as it stands: beside the bundle, and in the tests.
 */
const { Socket } = require('node:net');
const { answerTo } = require('./answer.cjs');
const { describeError, logError } = require('./errors.cjs');
const { loadHandler } = require('./handler.cjs');
const log = require('./log.cjs');
const { provideModules } = require('./modules.cjs');
const { redirectRequests } = require('./redirect.cjs');

const { root, handler: handlerName, project, endpoint, urlSuffix, callbacks } = JSON.parse(process.argv[2]);
process.argv.splice(1);

const channel = new Socket({ fd: 3, readable: true, writable: true });
// Whoever invokes has gone: nobody is left to answer.
channel.on('close', () => process.exit());
channel.on('error', () => process.exit());

/** What a runaway rejection or exception is reported for; undefined between invocations. */
let current;

function send(message, then) {
  channel.write(`${JSON.stringify({ ...message, memory: process.resourceUsage().maxRSS })}\n`, then);
}

function finish(message, then) {
  current = undefined;
  channel.ref();
  log.end(message.id);
  send(message, then);
}

function crash(label, error, exitCode) {
  logError(label, error);
  finish({ id: current, error: describeError(error) }, () => process.exit(exitCode));
}

process.on('uncaughtException', error => crash('Uncaught Exception ', error, 129));
process.on('unhandledRejection', reason => {
  const error = new Error(String(reason));
  error.name = 'Runtime.UnhandledPromiseRejection';
  error.reason = reason;
  crash('Unhandled Promise Rejection ', error, 128);
});

async function start() {
  log.install();
  provideModules(root, project);
  redirectRequests(endpoint, urlSuffix);
  const handler = await loadHandler(root, handlerName, callbacks);
  receive(invocation => {
    current = invocation.id;
    log.begin(invocation.id);
    process.env._X_AMZN_TRACE_ID = invocation.traceId;
    // While a handler runs, only what the handler itself waits for keeps the process.
    channel.unref();
    answerTo(handler, invocation, { callbacks, finish });
  });
  send({ ready: true });
}

function receive(invoke) {
  let chunks = [];
  channel.on('data', chunk => {
    const end = chunk.indexOf(10);
    if (end < 0) {
      chunks.push(chunk);
      return;
    }
    const line = Buffer.concat([...chunks, chunk.subarray(0, end)]).toString();
    chunks = [chunk.subarray(end + 1)];
    invoke(JSON.parse(line));
  });
}

start().catch(error => {
  logError('', error);
  log.end('init');
  send({ initError: describeError(error) }, () => process.exit(1));
});
