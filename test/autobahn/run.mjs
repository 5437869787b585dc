// Holds the wire against the Autobahn test suite, groups 1 to 7: once with nothing but an echo behind it, where every case has to be strict, and once with
// API Gateway's echo route, where API Gateway's own limits answer.
// Usage: node test/autobahn/run.mjs <wstest>     (wstest needs Python 2.7: pip install autobahntestsuite)
import { execFile, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CASES = ['1.*', '2.*', '3.*', '4.*', '5.*', '6.*', '7.*'];
const PASSED = new Set(['OK', 'INFORMATIONAL']);

/**
 * What API Gateway answers in its own way, by case: a binary frame closes with 1003, one of more than 32 KB with 1009, and an empty message is `{}` to a
 * template, whatever the connection is closed with then.
 */
const GATEWAY_CODES = new Map([
  ...['1.2.1', '1.2.2', '1.2.3', '1.2.4', '1.2.5'].map(id => [id, 1003]),
  ...['1.1.6', '1.1.7', '1.1.8', '1.2.6', '1.2.7', '1.2.8'].map(id => [id, 1009]),
  ...['1.1.1', '6.1.1', '6.1.2'].map(id => [id, undefined]),
]);

const [wstest] = process.argv.slice(2);
if (!wstest) {
  console.error('Say where wstest is: node test/autobahn/run.mjs <wstest>');
  process.exit(1);
}
const root = fileURLToPath(new URL('../..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'autobahn-'));
const servers = fork(join(root, 'test/autobahn/echo-servers.ts'), { execArgv: ['--import', 'tsx'], env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.dev.json') } });
try {
  const urls = await new Promise((resolve, reject) => {
    servers.once('message', resolve);
    servers.once('exit', code => reject(new Error(`The servers ended with ${code}.`)));
  });
  writeFileSync(join(directory, 'spec.json'), JSON.stringify({
    outdir: directory,
    servers: Object.entries(urls).map(([agent, url]) => ({ agent, url })),
    cases: CASES,
    'exclude-cases': [],
    'exclude-agent-cases': {},
  }));
  await promisify(execFile)(wstest, ['-m', 'fuzzingclient', '-s', join(directory, 'spec.json')], { maxBuffer: 2 ** 26 });
  const { wire, gateway } = JSON.parse(readFileSync(join(directory, 'index.json'), 'utf8'));
  const failures = [...judge('wire', wire, new Map()), ...judge('gateway', gateway, GATEWAY_CODES)];
  failures.forEach(failure => console.error(failure));
  process.exitCode = failures.length === 0 ? 0 : 1;
} finally {
  servers.kill();
  rmSync(directory, { recursive: true, force: true });
}

/** Counts the cases of a report, and gives those that went wrong. */
function judge(agent, report, ownCodes) {
  const counts = {};
  const failures = [];
  for (const [id, { behavior, behaviorClose, remoteCloseCode }] of Object.entries(report)) {
    if (ownCodes.has(id)) {
      counts['as API Gateway'] = (counts['as API Gateway'] ?? 0) + 1;
      if (ownCodes.get(id) !== undefined && remoteCloseCode !== ownCodes.get(id)) {
        failures.push(`${agent} ${id}: closed with ${remoteCloseCode}, not with ${ownCodes.get(id)}`);
      }
    } else {
      counts[behavior] = (counts[behavior] ?? 0) + 1;
      if (!PASSED.has(behavior) || !PASSED.has(behaviorClose)) {
        failures.push(`${agent} ${id}: ${behavior}, closing ${behaviorClose}, with ${remoteCloseCode}`);
      }
    }
  }
  console.log(`${agent}: ${Object.entries(counts).map(([name, count]) => `${count} ${name}`).join(', ')}`);
  return failures;
}
