'use strict';
/** Makes `require` and `import` find what they would find on AWS. */
const Module = require('node:module');
const { dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { isInside, isProvided, isUploaded, missing, packageOf } = require('./reach.cjs');

function provideModules(root, project) {
  const original = Module._resolveFilename;
  Module._resolveFilename = function resolveFilename(specifier, parent, ...rest) {
    const name = Module.isBuiltin(specifier) ? undefined : packageOf(specifier);
    const from = parent?.filename;
    if (name === undefined || from === undefined || !isInside(root, from)) {
      return original.call(this, specifier, parent, ...rest);
    }
    if (isUploaded(root, name, dirname(from))) {
      return original.call(this, specifier, parent, ...rest);
    }
    const found = attempt(() => original.call(this, specifier, parent, ...rest));
    if (found !== undefined && (isProvided(name) || isInside(root, found))) {
      return found;
    }
    const own = isProvided(name) ? attempt(() => Module.createRequire(join(project, 'index.js')).resolve(specifier)) : undefined;
    if (own === undefined) {
      throw Object.assign(new Error(`${missing(name, specifier)}\nRequire stack:\n- ${from}`), { code: 'MODULE_NOT_FOUND', requireStack: [from] });
    }
    return own;
  };
  Module.register?.(pathToFileURL(join(__dirname, 'module-hooks.mjs')), { data: { root, project } });
}

function attempt(resolve) {
  try {
    return resolve();
  } catch {
    return undefined;
  }
}

module.exports = { provideModules };
