/** The servers that are held against each other. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { writeAssembly } from './application.mjs';
import { Server } from './server.mjs';
import { temporaryDirectory } from './temporary-directory.mjs';

const pathOf = name => fileURLToPath(new URL(`../${name}`, import.meta.url));
const COMMAND = pathOf('../bin/lambdaless.js');
const BARE_WS = pathOf('yardsticks/bare-ws.mjs');

export const BARE_WS_NAME = 'bare ws';

export function startBareWs() {
  return Server.start(BARE_WS, [], output => /^ws:.*$/m.exec(output)?.[0]);
}

let assembly;

/** `lambdaless local` as it is installed, with the application of the suites or another assembly; it logs only when told to. */
export function startRuntime({ directory = assembly ??= writeAssembly(), log = false } = {}) {
  return Server.start(COMMAND, ['local', '--assembly', directory, '--port', '0', '--json', ...(log ? [] : ['--quiet'])], output => {
    const line = /^\{"ready":true.*\}$/m.exec(output)?.[0];
    return line && Object.values(JSON.parse(line).webSocketUrls)[0];
  });
}

/** `lambdaless local` with an example; beside its URL, `ready` is all that it tells of itself. */
export async function startExample(directory) {
  let ready;
  const server = await Server.start(COMMAND, ['local', '--assembly', directory, '--port', '0', '--json', '--quiet'], output => {
    const line = /^\{"ready":true.*\}$/m.exec(output)?.[0];
    ready = line && JSON.parse(line);
    return ready && Object.values(ready.webSocketUrls)[0];
  });
  return Object.assign(server, { ready });
}

/** The cloud assembly of an example. */
export function synthesizeExample(name) {
  return synthesize(`../examples/${name}/app.ts`);
}

/** The cloud assembly of an EventSocket that refuses nobody for coming too often. */
export function synthesizeEventSocket() {
  return synthesize('workloads/event-socket.ts');
}

function synthesize(app) {
  const directory = temporaryDirectory();
  execFileSync(process.execPath, ['--import', 'tsx', pathOf(app)], {
    env: { ...process.env, CDK_OUTDIR: directory, CDK_VALIDATION: 'false', TSX_TSCONFIG_PATH: pathOf('../tsconfig.dev.json') },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return directory;
}

/** Imports a module of the runtime, such as `engines/vtl/mapping-template`, compiled as it is for the command. */
export async function importLocal(name) {
  const directory = temporaryDirectory();
  const outfile = join(directory, 'module.cjs');
  await build({ entryPoints: [pathOf(`../local/${name}.ts`)], outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' });
  return (await import(pathToFileURL(outfile))).default;
}
