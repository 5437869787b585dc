import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { WebSocket } from 'ws';
import { RunningCommand } from '../../support/running-command';
import { SHOP } from '../inspector/shop';

const ROOT = resolve(__dirname, '../../..');
const COMMAND = join(ROOT, 'bin/lambdaless.js');

let directory: string;
let local: RunningCommand;
let endpoint: string;
let socket: WebSocket;

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
  directory = mkdtempSync(join(tmpdir(), 'inspect-'));
  writeFileSync(join(directory, 'shop.json'), JSON.stringify(SHOP.template));
  local = new RunningCommand(process.execPath, [COMMAND, 'local', '--template', 'shop.json', '--port', '0', '--json', '--inspect'], { cwd: directory });
  const ready = JSON.parse(await local.line());
  expect(ready.inspectorUrl).toBe(`${ready.endpoint}/_lambdaless/`);
  ({ endpoint } = ready);
  socket = new WebSocket(Object.values<string>(ready.webSocketUrls)[0]);
  await new Promise((opened, failed) => socket.on('open', opened).on('error', failed));
});
afterAll(async () => {
  socket.terminate();
  await local.stop();
  rmSync(directory, { recursive: true, force: true });
});

function ask(message: object): Promise<any> {
  const answer = new Promise<string>(answered => socket.once('message', data => answered(String(data))));
  socket.send(JSON.stringify(message));
  return answer.then(text => JSON.parse(text));
}

const lambdaless = (...args: string[]) => spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8' });

test('the page is served as the bundle has it, and is small', async () => {
  const files = ['index.html', 'inspector.js', 'inspector.css'];
  for (const name of files) {
    const response = await fetch(`${endpoint}/_lambdaless/${name === 'index.html' ? '' : name}`);
    expect([response.status, (await response.text()).length > 100]).toEqual([200, true]);
  }
  const sizes = files.map(name => statSync(join(ROOT, 'bin/inspector', `${name}.gz`)).size);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(150 * 1024);
  expect(existsSync(join(ROOT, 'bin/inspector/inspector.js'))).toBe(false);
});

test('trace tells one message, stage by stage, as text and as JSON', async () => {
  const { requestId } = await ask({ action: 'save', text: 'hi' });
  const text = lambdaless('trace', requestId, '--endpoint', endpoint);
  expect(text.stdout).toMatch(/message save of .*: ok\n {2}Frame: \{"action":"save","text":"hi"\}\n {2}Route selection: [^]*\n {2}Frame to the client: /);
  const json = lambdaless('trace', requestId, '--endpoint', endpoint, '--json');
  expect(JSON.parse(json.stdout)).toEqual(expect.arrayContaining([expect.objectContaining({ entry: expect.objectContaining({ kind: 'message', requestId }) })]));
});

test('trace tells of an event by its id, and who takes it', () => {
  const { eventId } = JSON.parse(lambdaless('send', '--source', 'bank', '--endpoint', endpoint, '--json').stdout);
  const { stdout } = lambdaless('trace', eventId, '--endpoint', endpoint);
  expect(stdout).toMatch(/ event bank "Sent" on shop: no rule matches\n/);
  expect(stdout).toMatch(/\nWho takes it now:\nRule \S+ does not match:\n {2}no {2}source is "bank"; the pattern asks for "orders"\n[^]*No client that is connected has a subscription\.\n$/);
  expect(lambdaless('trace', 'nonsense', '--endpoint', endpoint).stderr).toMatch(/^lambdaless: Nothing with the identifier nonsense is kept\./);
});

test('tail follows what happens, and its filter holds', async () => {
  const tail = new RunningCommand(process.execPath, [COMMAND, 'tail', '--endpoint', endpoint, '--json', '--filter', 'to be found'], { cwd: directory });
  const found = tail.line();
  let isFound = false;
  void found.then(() => { isFound = true; }, () => {});
  while (!isFound) {
    await ask({ action: 'save', text: 'something else' });
    await ask({ action: 'save', text: 'to be found' });
  }
  expect(JSON.stringify(JSON.parse(await found))).toContain('to be found');
  await tail.stop('SIGINT');
});

test('tail ends when nobody reads it any more', async () => {
  const tail = spawn(process.execPath, [COMMAND, 'tail', '--endpoint', endpoint, '--json']);
  let err = '';
  tail.stderr.on('data', data => { err += data; });
  const ended = new Promise<number | null>(done => tail.once('close', done));
  let isOver = false;
  void ended.then(() => { isOver = true; });
  tail.stdout.once('data', () => tail.stdout.destroy());
  while (!isOver) {
    await ask({ action: 'save', text: 'something' });
  }
  expect([await ended, err]).toEqual([0, '']);
});

test('the log tells what a denied call lacks and where, one JSON object a line where programs read', async () => {
  await ask({ action: 'denied' });
  const line = JSON.parse(await local.complaint(/"outcome":"AccessDeniedException"/));
  expect(line).toMatchObject({ kind: 'call', missing: { statement: { Action: 'dynamodb:DeleteItem' }, where: { logicalId: 'GatewayRole' } } });
});

test.each([
  [['trace', 'x', '--endpoint', 'http://127.0.0.1:1'], 'http://127.0.0.1:1 cannot be reached: '],
  [['trace', 'none', '--endpoint', 'ENDPOINT'], 'Nothing with the identifier none is kept'],
  [['tail', '--endpoint', 'http://127.0.0.1:1'], 'Start the app with "lambdaless local --inspect", or say where it runs: --endpoint <url>.'],
])('%j is told why', (args, why) => {
  const { status, stderr } = lambdaless(...args.map(arg => arg === 'ENDPOINT' ? endpoint : arg));
  expect([status, stderr]).toEqual([1, expect.stringContaining(why)]);
  expect(stderr).not.toContain('    at ');
});
