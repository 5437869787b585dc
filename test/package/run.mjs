// Packs the library, installs it into an empty app, synthesizes with the oldest and the newest peer, and runs the app with the installed command.
// Usage: node test/package/run.mjs
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const app = fileURLToPath(new URL('app', import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const PEERS = [devDependencies['aws-cdk-lib'], 'latest'];
const MAXIMUM_PACKED_BYTES = 1024 * 1024;

const directory = mkdtempSync(join(tmpdir(), 'lambdaless-package-'));
const run = (command, args, options = {}) => execFileSync(command, args, { cwd: directory, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', ...options });

function expect(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}

try {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', directory], { cwd: root }));
  const files = packed.files.map(file => file.path);
  for (const needed of ['.jsii', 'lib/index.js', 'lib/index.d.ts', 'bin/lambdaless.js', 'bin/client/index.mjs', 'bin/client/index.cjs', 'bin/client/index.d.ts', 'expressions/match-page.jsonata', 'README.md', 'API.md', 'LICENSE']) {
    expect(files.includes(needed), `${needed} is missing from the package`);
  }
  const unwanted = files.filter(file => /^(local|test|integ|examples|projenrc|docs)\//.test(file));
  expect(unwanted.length === 0, `the package carries ${unwanted.join(', ')}`);
  expect(packed.size <= MAXIMUM_PACKED_BYTES, `the package is ${packed.size} bytes, more than ${MAXIMUM_PACKED_BYTES}`);

  cpSync(app, directory, { recursive: true });
  for (const peer of PEERS) {
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ name: 'app', private: true }));
    rmSync(join(directory, 'node_modules'), { recursive: true, force: true });
    run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', packed.filename, `aws-cdk-lib@${peer}`, 'constructs@^10', 'ws@8', '@aws-sdk/client-eventbridge@3']);
    const installed = readdirSync(join(directory, 'node_modules', 'cdk-lambdaless-websockets'));
    expect(!installed.includes('node_modules'), 'the package brings dependencies of its own');
    const { version } = JSON.parse(readFileSync(join(directory, 'node_modules', 'aws-cdk-lib', 'package.json'), 'utf8'));
    console.log(run('npx', ['--no-install', 'lambdaless', 'exec', '--quiet', '--app', 'node app.js', '--', 'node', 'client.mjs']).trim());
    console.log(`works with aws-cdk-lib ${version}`);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
