/** Other runtimes for WebSocket APIs that run on a developer's machine: the same echo and broadcast, as the handlers that each of them wants. */
import { Server } from './server.mjs';
import { Yardstick } from './yardstick.mjs';

const OFFLINE = Yardstick.ofPackages('serverless-offline', 'osls@4', 'serverless-offline@14');
const LAMBDA_WS = Yardstick.ofPackages('aws-lambda-ws-server', 'aws-lambda-ws-server@0.1.21');
const ARCHITECT = Yardstick.ofPackages('architect-sandbox', '@architect/sandbox@9.0.0');

/**
 * `connections`: how many echo at once, where it is not what the others have. `broadcasts`: whether it is asked to send to many.
 * `goals`: what ours is to be, in multiples of theirs.
 */
export const PEERS = [
  {
    ...inFolder(OFFLINE, 'node_modules/osls/bin/serverless.js', ['offline', 'start'], output => output.includes('[http for websocket] listening') ? 'ws://127.0.0.1:29111/' : undefined),
    goals: { echo: { atLeast: 4 }, broadcast: { atLeast: 3 } },
    broadcasts: true,
  },
  {
    ...inFolder(LAMBDA_WS, 'server.js', [], output => /^ws:.*$/m.exec(output)?.[0]),
    goals: {},
    broadcasts: true,
  },
  {
    ...inFolder(ARCHITECT, 'node_modules/@architect/sandbox/src/cli/cli.js', ['--port', '29120', '--host', '127.0.0.1', '--disable-symlinks'],
      output => output.includes('Local environment ready') ? 'ws://127.0.0.1:29120/' : undefined),
    // It starts a process for every message: more at once only wait for one another.
    connections: 4,
    goals: {},
    broadcasts: false,
  },
];

function inFolder(yardstick, script, args, urlOf) {
  return {
    name: yardstick.name,
    remedy: yardstick.remedy,
    installed: yardstick.has(script) && yardstick.has('node_modules'),
    start: () => Server.start(yardstick.pathOf(script), args, urlOf, { cwd: yardstick.directory, env: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', NO_UPDATE_NOTIFIER: '1' } }),
  };
}
