/** `--data`: what the command says when it cannot keep tables, and that a kill loses nothing. `KILLS=50 npx jest test/local/cli/data` kills that often. */
import { ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { buildSync } from 'esbuild';
import { Writers } from './writers';

const ROOT = resolve(__dirname, '../../..');
const KILLS = Number(process.env.KILLS ?? 4);

let directory: string;
let project: string;
let command: string;
const running = new Set<ChildProcess>();

/** An app's directory, with the runtime somewhere else, which has none of our packages around it. */
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'data-'));
  command = join(directory, 'bin', 'lambdaless.js');
  buildSync({
    entryPoints: [join(ROOT, 'local/index.ts')],
    outfile: join(directory, 'bin', 'runtime.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    define: { LAMBDALESS_VERSION: '"0"', LAMBDALESS_PEERS: '{}' },
  });
  writeFileSync(command, "require('./runtime.js').runCommand();\n");
  project = join(directory, 'project');
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  const table = {
    Type: 'AWS::DynamoDB::Table',
    Properties: { BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
  };
  const Outputs = { One: { Value: { Ref: 'One' } }, Two: { Value: { Ref: 'Two' } } };
  writeFileSync(join(project, 'shop.json'), JSON.stringify({ Resources: { One: table, Two: table }, Outputs }));
});
afterEach(() => {
  running.forEach(child => child.kill('SIGKILL'));
  running.clear();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Makes the database available to the project, as `npm install` would. */
function install(): void {
  const from = require.resolve('classic-level/package.json', { paths: [ROOT] });
  symlinkSync(dirname(from), join(project, 'node_modules', 'classic-level'));
}

function start(...args: string[]) {
  const child = spawn(process.execPath, [command, ...args], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const output = { out: '', err: '' };
  child.stderr.on('data', data => { output.err += data; });
  const ended = new Promise<{ code: number | null; out: string; err: string }>(done => child.once('close', code => done({ code, ...output })));
  const ready = new Promise<{ endpoint: string; outputs: Record<string, Record<string, string>> }>((done, fail) => {
    child.stdout.on('data', data => {
      output.out += data;
      if (output.out.includes('\n')) {
        done(JSON.parse(output.out));
      }
    });
    child.once('close', () => fail(new Error(`It ended: ${output.err}`)));
  });
  ready.catch(() => {});
  return { child, ended, ready };
}

/** At some moment of what may be a recovery. */
async function killWhileStarting(): Promise<void> {
  const { child, ended } = local('--data', 'killed', '--quiet');
  setTimeout(() => child.kill('SIGKILL'), Math.random() * 400);
  await ended;
}

const local = (...args: string[]) => start('local', '--template', 'shop.json', '--stack-name', 'shop', '--json', '--port', '0', ...args);

test('one line says how LevelDB is added, and nothing is started or made', async () => {
  const { code, out, err } = await local('--data', 'kept').ended;
  expect({ code, out, err }).toEqual({
    code: 1, out: '', err: 'lambdaless: To keep data, the runtime needs LevelDB, which is not installed here. Add it: npm install --save-dev classic-level\n',
  });
  expect(readdirSync(project)).not.toContain('kept');
});

describe('with LevelDB in the project', () => {
  beforeAll(install);

  test('one line says that the directory is in use, or is another\'s', async () => {
    const first = local('--data', 'kept');
    await first.ready;
    expect(await local('--data', 'kept').ended).toEqual({ code: 1, out: '', err: 'lambdaless: The data in kept is in use by another copy of this runtime. Stop that one, or name another directory.\n' });
    const { code, out, err } = await local('--data', '.').ended;
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: expect.stringMatching(/^lambdaless: \. is no data directory of the local runtime: .*\n$/) });
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0, err: '' });
  });

  test('exec keeps tables as well', async () => {
    const exec = (name: string) => start('exec', '--quiet', '--template', 'shop.json', '--stack-name', 'shop', '--data', 'exec', '--', process.execPath, '-e', `
      const { DynamoDBClient, ${name}Command } = require(${JSON.stringify(require.resolve('@aws-sdk/client-dynamodb'))});
      const TableName = require(process.env.LAMBDALESS_OUTPUTS).shop.One;
      new DynamoDBClient({}).send(new ${name}Command({ TableName, Item: { pk: { S: 'a' } } })).then(({ Count }) => process.exit(Count ?? 0), () => process.exit(99));
    `).ended;
    expect((await exec('PutItem')).code).toBe(0);
    expect((await exec('Scan')).code).toBe(1);
  });

  test(`killed ${KILLS} times at any instant, it has every acknowledged write, and starts again`, async () => {
    const writers = new Writers();
    for (let round = 0; round <= KILLS; round++) {
      const { child, ready, ended } = local('--data', 'killed', '--quiet');
      const { endpoint, outputs } = await ready;
      const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 });
      await writers.verify(client, outputs.shop);
      if (round < KILLS) {
        await writers.write(client, outputs.shop, () => child.kill('SIGKILL'));
        await ended;
        await killWhileStarting();
      } else {
        child.kill('SIGTERM');
        expect(await ended).toMatchObject({ code: 0, err: '' });
      }
      client.destroy();
    }
    expect(writers.acknowledged).toBeGreaterThan(KILLS);
  }, 60_000 + KILLS * 20_000);
});
