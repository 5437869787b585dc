/** The servers that are held against each other. */
import { build } from 'esbuild';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeAssembly } from './application.mjs';
import { Server } from './server.mjs';

const pathOf = name => fileURLToPath(new URL(`../${name}`, import.meta.url));
const COMMAND = pathOf('../bin/lambdaless.js');
const BARE_WS = pathOf('yardsticks/bare-ws.mjs');
const SERVERLESS_OFFLINE = pathOf('yardsticks/serverless-offline');

export const BARE_WS_NAME = 'bare ws';
export const SERVERLESS_OFFLINE_NAME = 'serverless-offline';
export const SERVERLESS_OFFLINE_REMEDY = 'npm i --no-save --prefix bench/yardsticks/serverless-offline osls serverless-offline';

export function startBareWs() {
  return Server.start(BARE_WS, [], output => /^ws:.*$/m.exec(output)?.[0]);
}

let assembly;

/** `lambdaless local` as it is installed, with the application of the suites or another assembly. */
export function startRuntime(directory = assembly ??= writeAssembly()) {
  return Server.start(COMMAND, ['local', '--assembly', directory, '--port', '0', '--json'], output => {
    const line = /^\{"ready":true.*\}$/m.exec(output)?.[0];
    return line && Object.values(JSON.parse(line).webSocketUrls)[0];
  });
}

export function hasServerlessOffline() {
  return existsSync(join(SERVERLESS_OFFLINE, 'node_modules/osls')) && existsSync(join(SERVERLESS_OFFLINE, 'node_modules/serverless-offline'));
}

export function startServerlessOffline() {
  const script = join(SERVERLESS_OFFLINE, 'node_modules/osls/bin/serverless.js');
  return Server.start(script, ['offline', 'start'], output => output.includes('ready') ? 'ws://127.0.0.1:29111/' : undefined, { cwd: SERVERLESS_OFFLINE });
}

/** Imports a module of the runtime, such as `engines/vtl/mapping-template`, compiled as it is for the command. */
export async function importLocal(name) {
  const directory = mkdtempSync(join(tmpdir(), 'lambdaless-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const outfile = join(directory, 'module.cjs');
  await build({ entryPoints: [pathOf(`../local/${name}.ts`)], outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' });
  return (await import(pathToFileURL(outfile))).default;
}
