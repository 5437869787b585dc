import { execFile } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';

const ROOT = join(__dirname, '../..');
const NAME = 'compatibility-of-nothing';
const COMPATIBILITY = join(ROOT, 'release/compatibility.mjs');
const run = promisify(execFile);

// npm runs several times in each.
jest.setTimeout(120_000);

let directory: string;
let registry: Server;
/** What the registry answers when it is asked for the package: a status and a text. */
let answer: [number, string];
let tarball: Buffer;

/** A library as jsii describes it: one class with these methods. */
function library(version: string, ...methods: string[]): Record<string, string> {
  const fqn = `${NAME}.Door`;
  return {
    'package.json': JSON.stringify({ name: NAME, version, main: 'index.js', jsii: { outdir: 'dist', targets: {} } }),
    'index.js': '',
    '.jsii': JSON.stringify({
      schema: 'jsii/0.10.0',
      name: NAME,
      version,
      jsiiVersion: '6.0.0',
      fingerprint: '*',
      license: 'Apache-2.0',
      targets: { js: { npm: NAME } },
      types: { [fqn]: { assembly: NAME, fqn, kind: 'class', name: 'Door', initializer: {}, methods: methods.map(name => ({ name })) } },
    }),
  };
}

function write(folder: string, files: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  Object.entries(files).forEach(([name, text]) => writeFileSync(join(folder, name), text));
}

/** The registry has this version from now on. */
async function release(version: string, ...methods: string[]): Promise<void> {
  const folder = join(directory, 'package');
  write(folder, library(version, ...methods));
  await run('tar', ['-czf', 'package.tgz', 'package'], { cwd: directory });
  tarball = readFileSync(join(directory, 'package.tgz'));
  const url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/tarball.tgz`;
  answer = [200, JSON.stringify({ 'name': NAME, 'dist-tags': { latest: version }, 'versions': { [version]: { name: NAME, version, dist: { tarball: url } } } })];
}

/** Holds a version with these methods against what the registry has. */
async function compare(version: string, methods: string[], compatIgnore?: string): Promise<{ code: number; text: string }> {
  const folder = join(directory, 'next');
  write(folder, { ...library(version, ...methods), ...compatIgnore === undefined ? {} : { '.compatignore': compatIgnore } });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const env = { ...process.env, npm_config_registry: `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`, npm_config_fetch_retries: '0', npm_config_cache: join(directory, 'cache') };
  try {
    const { stdout, stderr } = await run(process.execPath, [COMPATIBILITY], { cwd: folder, env });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'lambdaless-compatibility-'));
  answer = [404, '{"error":"not found"}'];
  registry = createServer((request, response) => request.url === '/tarball.tgz' ? response.end(tarball) : response.writeHead(answer[0], { 'content-type': 'application/json' }).end(answer[1]));
  await new Promise<void>(resolve => registry.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  registry.closeAllConnections();
  registry.close();
  rmSync(directory, { recursive: true, force: true });
});

test('the first release has nothing to be held against', async () => {
  expect(await compare('0.1.0', ['open'])).toEqual({ code: 0, text: `npm has no ${NAME} yet: there is nothing to hold the API against.\n` });
});

test('a registry that does not answer is not one without the package', async () => {
  answer = [503, '{}'];
  expect(await compare('0.1.0', ['open'])).toEqual({ code: 1, text: expect.stringContaining('npm does not say what the last release') });
});

test('what only adds is compatible', async () => {
  await release('1.2.3', 'open');
  expect(await compare('1.3.0', ['open', 'close'])).toEqual({ code: 0, text: expect.stringContaining('compatible with 1.2.3') });
});

test('a minor version may not break anything, even what is named in .compatignore', async () => {
  await release('1.2.3', 'open', 'close');
  expect(await compare('1.3.0-rc.1', ['open'], `removed:${NAME}.Door.close`)).toEqual({ code: 1, text: expect.stringContaining(`removed:${NAME}.Door.close`) });
});

test.each([['1.2.3', '2.0.0'], ['0.2.3', '0.3.0']])('after %s, %s may break what is named', async (last, version) => {
  await release(last, 'open', 'close');
  expect(await compare(version, ['open'], `removed:${NAME}.Door.close`)).toMatchObject({ code: 0 });
});

test('a major version may not break what is not named', async () => {
  await release('1.2.3', 'open', 'close', 'lock');
  expect(await compare('2.0.0', ['open'], `removed:${NAME}.Door.close`)).toEqual({ code: 1, text: expect.stringContaining(`removed:${NAME}.Door.lock`) });
});
