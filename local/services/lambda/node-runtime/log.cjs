'use strict';
/** What a function prints: a line for each call of the console, with time, request and level, as Lambda's own runtime writes it. */
const { writeSync } = require('node:fs');
const { format } = require('node:util');

const STDOUT = 1;
const LEVELS = { log: 'INFO', trace: 'TRACE', debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };
const RETRY_MILLISECONDS = 1;

let requestId;

/** Written at once, so that nothing is lost when the process ends with the next statement. */
function write(text) {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(STDOUT, rest));
    } catch (error) {
      if (error.code !== 'EAGAIN') {
        return;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MILLISECONDS);
    }
  }
}

/** A message of several lines is one event of the log: carriage returns keep it together on its way there. */
function line(level, message) {
  write(`${new Date().toISOString()}\t${requestId}\t${level}\t${message.replace(/\r?\n/g, '\r')}\n`);
}

function install() {
  // What a function writes by itself keeps its place among the other lines.
  process.stdout._handle?.setBlocking?.(true);
  for (const [name, level] of Object.entries(LEVELS)) {
    console[name] = (...values) => line(level, format(...values));
  }
}

function begin(id) {
  requestId = id;
}

/** Tells the reader that all has been printed that belongs to an invocation. */
function end(id) {
  write(`\0${id}\n`);
}

module.exports = { install, begin, end, line };
