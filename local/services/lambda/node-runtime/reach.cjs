'use strict';
/**
 * Which packages a function sees. On AWS only what was uploaded with it, and the SDK that Lambda brings along: a package that lies in the project by
 * chance would be missed after deployment. The SDK is taken from the project.
 */
const { existsSync } = require('node:fs');
const { dirname, join, sep } = require('node:path');

const PROVIDED = /^@(?:aws-sdk|smithy|aws-crypto|aws)\//;
const PACKAGE = /^(?:@[^/\\]+\/)?[^/\\.#][^/\\]*/;

/** The name of the package that a specifier asks for; undefined when it asks for a file, an address or one of Node's own modules. */
function packageOf(specifier) {
  return /^[a-z]+:|^[./#\\]/i.test(specifier) ? undefined : PACKAGE.exec(specifier)?.[0];
}

function isInside(root, file) {
  return file === root || file.startsWith(root + sep);
}

function isProvided(name) {
  return PROVIDED.test(`${name}/`) || PROVIDED.test(name);
}

/** Whether a package was uploaded with the function: it may be a link to elsewhere. */
function isUploaded(root, name, directory) {
  for (let current = directory; isInside(root, current); current = dirname(current)) {
    if (existsSync(join(current, 'node_modules', name))) {
      return true;
    }
  }
  return false;
}

function missing(name, specifier) {
  const remedy = isProvided(name) ? ` Lambda brings it along; to run here, the project needs it: npm install --save-dev ${name}` : '';
  return `Cannot find module '${specifier}'.${remedy}`;
}

module.exports = { isInside, isProvided, isUploaded, missing, packageOf };
