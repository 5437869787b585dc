'use strict';
/** Calls a handler for one event, and hands back what it makes of it: by a promise, or by a callback. */
const { describeError, logError, runtimeError } = require('./errors.cjs');

/** Lambda's limit: 6 MB, and what surrounds them. */
const MAXIMUM_ANSWER_BYTES = 6291556;

/** What runs when the process has nothing left to wait for. */
let onIdle;
process.on('beforeExit', () => {
  const run = onIdle;
  onIdle = undefined;
  // Turns the loop once more, in which the answer is written.
  if (run) setImmediate(run);
});

function answerTo(handler, invocation, { callbacks, finish }) {
  const { id } = invocation;
  let isDone = false;
  let waitsForEmptyEventLoop = true;

  const complete = message => {
    if (!isDone) {
      isDone = true;
      onIdle = undefined;
      finish({ id, ...message });
    }
  };
  const fail = error => {
    logError('Invoke Error ', error);
    complete({ error: describeError(error) });
  };
  const succeed = value => {
    try {
      complete({ result: serialize(value) });
    } catch (error) {
      fail(error);
    }
  };
  const callback = (error, value) => {
    onIdle = undefined;
    if (error !== undefined && error !== null) {
      fail(error);
    } else if (waitsForEmptyEventLoop) {
      onIdle = () => succeed(value);
    } else {
      succeed(value);
    }
  };

  const started = Date.now();
  const context = {
    get callbackWaitsForEmptyEventLoop() {
      return waitsForEmptyEventLoop;
    },
    set callbackWaitsForEmptyEventLoop(value) {
      waitsForEmptyEventLoop = value;
    },
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: invocation.clientContext === undefined ? undefined : JSON.parse(invocation.clientContext),
    identity: undefined,
    invokedFunctionArn: invocation.invokedFunctionArn,
    awsRequestId: id,
    getRemainingTimeInMillis: () => invocation.timeoutMilliseconds - (Date.now() - started),
    ...(callbacks ? { succeed, fail, done: (error, value) => error === undefined || error === null ? succeed(value) : fail(error) } : {}),
  };

  // A handler that neither answers nor waits for anything has answered with nothing.
  onIdle = () => complete({ result: 'null' });
  try {
    const returned = handler(JSON.parse(invocation.event), context, callback);
    if (typeof returned?.then === 'function') {
      returned.then(succeed, fail);
    } else if (!callbacks) {
      succeed(returned);
    }
  } catch (error) {
    fail(error);
  }
}

function serialize(value) {
  let text;
  try {
    text = JSON.stringify(value === undefined ? null : value) ?? 'null';
  } catch {
    throw runtimeError('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
  const bytes = Buffer.byteLength(text);
  if (bytes > MAXIMUM_ANSWER_BYTES) {
    throw runtimeError('Function.ResponseSizeTooLarge', `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${MAXIMUM_ANSWER_BYTES} bytes).`);
  }
  return text;
}

module.exports = { answerTo };
