/** Makes `import` find what it would find on AWS. */
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import reach from './reach.cjs';

const { isInside, isProvided, isUploaded, missing, packageOf } = reach;

let root;
let project;

export function initialize(data) {
  ({ root, project } = data);
}

export async function resolve(specifier, context, nextResolve) {
  const name = isBuiltin(specifier) ? undefined : packageOf(specifier);
  const from = fileOf(context.parentURL);
  if (name === undefined || from === undefined || !isInside(root, from) || isUploaded(root, name, dirname(from))) {
    return nextResolve(specifier, context);
  }
  const found = await attempt(() => nextResolve(specifier, context));
  if (found && (isProvided(name) || isInside(root, fileOf(found.url) ?? ''))) {
    return found;
  }
  const own = isProvided(name) ? await attempt(() => nextResolve(specifier, { ...context, parentURL: pathToFileURL(join(project, 'index.js')).href })) : undefined;
  if (!own) {
    throw Object.assign(new Error(`${missing(name, specifier)}\nImported from ${from}`), { code: 'ERR_MODULE_NOT_FOUND' });
  }
  return own;
}

function fileOf(url) {
  return url?.startsWith('file:') ? fileURLToPath(url) : undefined;
}

async function attempt(find) {
  try {
    return await find();
  } catch {
    return undefined;
  }
}
