// Packs the library, publishes it to a registry on this machine, installs it into empty apps with the oldest and the newest peer, and uses it there.
// Usage: node test/package/run.mjs
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Registry } from './registry.mjs';

const NAME = 'cdk-lambdaless-websockets';
const root = fileURLToPath(new URL('../..', import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const PEERS = [devDependencies['aws-cdk-lib'], 'latest'];
const MAXIMUM_PACKED_BYTES = 1024 * 1024;
const APPS = { TypeScript: 'typescript.js', JavaScript: 'app.js', 'ECMAScript modules': 'app.mjs' };
const WORKS = JSON.stringify({ detail: { n: 1 }, answered: true, stored: ['it\'s "stored"'] });

const directory = mkdtempSync(join(tmpdir(), 'lambdaless-package-'));
const registry = await Registry.start();

// Not the synchronous kind: this process is the registry that they ask.
async function run(command, args, cwd = directory) {
  try {
    return (await promisify(execFile)(command, args, { cwd, maxBuffer: 2 ** 26, shell: process.platform === 'win32' })).stdout;
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')} failed:\n${error.stdout}\n${error.stderr}`);
  }
}
const npm = (...args) => run('npm', args);

function expect(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}

/** Constructors and methods with a parameter that is taken apart in place: its name is made up, and Java's is none at all. */
function namelessParameters({ types }) {
  return Object.entries(types).flatMap(([type, { initializer, methods = [] }]) => [initializer, ...methods]
    .filter(callable => callable?.parameters?.some(({ name }) => name.startsWith('__')))
    .map(({ name = 'constructor' }) => `${type}.${name}`));
}

try {
  const [packed] = JSON.parse(await run('npm', ['pack', '--json', '--pack-destination', directory], root));
  const files = packed.files.map(file => file.path);
  for (const needed of [
    '.jsii', 'lib/index.js', 'lib/index.d.ts', 'bin/lambdaless.js', 'bin/client/index.mjs', 'bin/client/index.cjs', 'bin/client/index.d.ts', 'bin/testing.js', 'bin/types/testing/index.d.ts',
    'bin/sbom.cdx.json', 'bin/THIRD-PARTY-LICENSES.txt', 'bin/client/sbom.cdx.json', 'bin/client/THIRD-PARTY-LICENSES.txt',
    'expressions/match-page.jsonata', 'prices/prices.json', 'README.md', 'API.md', 'LICENSE',
  ]) {
    expect(files.includes(needed), `${needed} is missing from the package`);
  }
  const unwanted = files.filter(file => /^(local|test|integ|examples|projenrc|docs)\//.test(file));
  expect(unwanted.length === 0, `the package carries ${unwanted.join(', ')}`);
  expect(packed.size <= MAXIMUM_PACKED_BYTES, `the package is ${packed.size} bytes, more than ${MAXIMUM_PACKED_BYTES}`);
  console.log(`packed: ${Math.ceil(packed.size / 1024)} KB of ${MAXIMUM_PACKED_BYTES / 1024}, ${packed.files.length} files`);

  const { metadata } = JSON.parse(readFileSync(join(root, 'bin/sbom.cdx.json'), 'utf8'));
  expect(metadata.component.version === packed.version, `the bill of materials is of version ${metadata.component.version}, and the package is ${packed.version}`);

  const nameless = namelessParameters(JSON.parse(readFileSync(join(root, '.jsii'), 'utf8')));
  expect(nameless.length === 0, `other languages have no name for the parameter that ${nameless.join(', ')} takes apart: call it props`);

  writeFileSync(join(directory, '.npmrc'), `//${new URL(registry.url).host}/:_authToken=none\n`);
  await npm('publish', packed.filename, '--registry', registry.url);
  const { peerDependencies, dependencies, bin } = registry.published(NAME).versions[packed.version];
  expect(dependencies === undefined && Object.keys(peerDependencies).join() === 'aws-cdk-lib,constructs', 'the package asks for more than its two peers');
  expect(bin?.lambdaless !== undefined, 'the package has no command lambdaless');

  cpSync(fileURLToPath(new URL('npm', import.meta.url)), directory, { recursive: true });
  for (const peer of PEERS) {
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ name: 'app', private: true }));
    ['node_modules', 'package-lock.json'].forEach(name => rmSync(join(directory, name), { recursive: true, force: true }));
    const quiet = ['--no-audit', '--no-fund', '--prefer-offline'];
    await npm('install', ...quiet, `aws-cdk-lib@${peer}`, 'constructs@^10', 'typescript@~5.9', '@types/node@20', 'ws@8', '@aws-sdk/client-dynamodb@3', '@aws-sdk/client-eventbridge@3', 'jest@30', 'vitest@3', 'tsx@4');
    // The registry has the package and nothing else, so npm is not to look for its peers there; whether they are what the package asks for, it says afterwards.
    await npm('install', ...quiet, '--legacy-peer-deps', '--registry', registry.url, `${NAME}@${packed.version}`);
    await npm('ls');
    expect(!readdirSync(join(directory, 'node_modules', NAME)).includes('node_modules'), 'the package brings dependencies of its own');
    const { version } = JSON.parse(readFileSync(join(directory, 'node_modules', 'aws-cdk-lib', 'package.json'), 'utf8'));
    await run('npx', ['--no-install', 'tsc']);
    for (const [kind, app] of Object.entries(APPS)) {
      const printed = await run('npx', ['--no-install', 'lambdaless', 'exec', '--quiet', '--app', `node ${app}`, '--', 'node', 'client.mjs']);
      expect(printed.includes(WORKS), `the app of ${kind} with aws-cdk-lib ${version} gave ${printed}`);
      console.log(`works: ${kind}, aws-cdk-lib ${version}`);
    }
    // The same suites under both, several files at a time.
    await run('npx', ['--no-install', 'jest', '--rootDir', '.', '--testMatch', '**/suites/*.test.js']);
    await run('npx', ['--no-install', 'vitest', 'run', '--globals', 'suites']);
    console.log(`works: startLocal in jest and in vitest, aws-cdk-lib ${version}`);

    const made = join(directory, 'made');
    rmSync(made, { recursive: true, force: true });
    await run('npx', ['--no-install', 'lambdaless', 'init', 'made']);
    await run('npx', ['--no-install', 'tsc'], made);
    await run('npx', ['--no-install', 'lambdaless', 'exec', '--quiet', '--', 'node', '-e', '0'], made);
    console.log(`works: lambdaless init, aws-cdk-lib ${version}`);
  }
} finally {
  registry.stop();
  rmSync(directory, { recursive: true, force: true });
}
