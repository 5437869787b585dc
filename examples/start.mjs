// Runs an example on the local runtime: node examples/start.mjs [name] [options of lambdaless local]
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const DEFAULT_EXAMPLE = 'lambdaless-eventbridge';
/** What to try first; every example's README has more. */
const HINTS = new Map([
  [DEFAULT_EXAMPLE, `To send an event, in another terminal: npm run send -- '{"hello":"world"}'`],
  ['webchat', 'To chat: open examples/webchat/index.html in two windows of a browser, and give each the SocketUrl.'],
]);

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));

const [first, ...rest] = process.argv.slice(2);
const named = first !== undefined && !first.startsWith('-');
const example = named ? first : DEFAULT_EXAMPLE;
const options = named ? rest : process.argv.slice(2);

if (!/^[a-z-]+$/.test(example) || !existsSync(`${here}${example}/app.ts`)) {
  const examples = readdirSync(here, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);
  console.error(`There is no example "${example}". Examples: ${examples.join(', ')}.`);
  process.exit(1);
}

if (!options.includes('--json')) {
  console.log(`${HINTS.get(example) ?? `What to say to it: examples/${example}/README.md`}\n`);
}
const app = `"${process.execPath}" --import tsx "${here}${example}/app.ts"`;
const runtime = spawn(process.execPath, [`${root}bin/lambdaless.js`, 'local', '--app', app, ...options], {
  cwd: root,
  env: { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.dev.json` },
  stdio: 'inherit',
});
// Who an example talks to; what it says is for people, and not for those who read the runtime's JSON.
const other = existsSync(`${here}${example}/server.mjs`) ? spawn(process.execPath, [`${here}${example}/server.mjs`], { stdio: ['ignore', 2, 2] }) : undefined;
// Ctrl-C reaches all; the runtime stops, and its end is ours.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => runtime.kill(signal));
}
runtime.once('exit', (code, signal) => {
  other?.kill();
  process.exit(code ?? 128 + constants.signals[signal]);
});
