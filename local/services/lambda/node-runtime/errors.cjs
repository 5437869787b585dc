'use strict';
/** Errors as Lambda reports them. */
const { types } = require('node:util');
const log = require('./log.cjs');

function isError(value) {
  return types.isNativeError(value) || (typeof value === 'object' && value !== null && 'name' in value && 'message' in value && 'stack' in value);
}

/** What the caller of a function gets of an error. */
function describeError(error) {
  try {
    return isError(error)
      ? { errorType: String(error.name), errorMessage: String(error.message), trace: String(error.stack).split('\n') }
      : { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    // Somebody's getter, or a value without a text.
    return { errorType: 'handled', errorMessage: 'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack', trace: [] };
  }
}

function logError(label, error) {
  const { errorType, errorMessage, trace } = describeError(error);
  let text;
  try {
    text = JSON.stringify({ errorType, errorMessage, ...(typeof error === 'object' ? error : {}), stack: trace });
  } catch {
    text = JSON.stringify({ errorType, errorMessage, stack: trace });
  }
  log.line('ERROR', `${label}\t${text}`);
}

/** An error of the runtime, by one of its own names. */
function runtimeError(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}

module.exports = { describeError, logError, runtimeError };
