'use strict';
/** Finds a function's handler, by the rules of Lambda's own runtime: `folder/module.export.member`. */
const { existsSync, readFileSync } = require('node:fs');
const { basename, dirname, join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { runtimeError } = require('./errors.cjs');

const MODULE_ERRORS = new Set(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ENOENT', 'ERR_UNSUPPORTED_DIR_IMPORT']);

async function loadHandler(root, name, callbacks) {
  if (name.includes('..')) {
    throw runtimeError('Runtime.MalformedHandlerName', `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
  }
  const file = basename(name);
  const match = /^([^.]*)\.(.+)$/.exec(file);
  if (!match) {
    throw runtimeError('Runtime.MalformedHandlerName', 'Bad handler');
  }
  const [, module, member] = match;
  const exported = await load(root, join(name.slice(0, name.length - file.length), module));
  const found = member.split('.').reduce((value, key) => value?.[key], exported);
  if (!found) {
    throw runtimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw runtimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  }
  if (!callbacks && found.length >= 3) {
    throw runtimeError('Runtime.CallbackHandlerDeprecated', 'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. Give the handler (event, context) and make it async.');
  }
  return found;
}

async function load(root, module) {
  const path = resolve(root, module);
  try {
    return await loadFile(path);
  } catch (error) {
    if (MODULE_ERRORS.has(error?.code)) {
      throw runtimeError('Runtime.ImportModuleError', `Error: ${error.message}`);
    }
    throw error instanceof SyntaxError ? Object.assign(runtimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`), { stack: error.stack }) : error;
  }
}

function loadFile(path) {
  if (existsSync(`${path}.js`)) {
    return isModule(path) ? import(pathToFileURL(`${path}.js`).href) : require(`${path}.js`);
  }
  if (existsSync(`${path}.mjs`)) {
    return import(pathToFileURL(`${path}.mjs`).href);
  }
  return require(existsSync(`${path}.cjs`) ? `${path}.cjs` : path);
}

/** Whether the nearest package.json says that its .js files are ES modules. */
function isModule(path) {
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    const manifest = join(directory, 'package.json');
    if (existsSync(manifest)) {
      return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
    }
    if (directory === dirname(directory)) {
      return false;
    }
  }
}

module.exports = { loadHandler };
