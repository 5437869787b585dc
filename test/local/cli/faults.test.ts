/** `--faults`: what the command makes of a file of faults. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RunningCommand } from '../../support/running-command';

const ROOT = resolve(__dirname, '../../..');
const COMMAND = join(ROOT, 'bin/lambdaless.js');
const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: { BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
};
/** Puts ten items, without trying again, and tells what became of each. */
const PROGRAM = `
  const { DynamoDBClient, PutItemCommand } = require(${JSON.stringify(require.resolve('@aws-sdk/client-dynamodb'))});
  const client = new DynamoDBClient({ maxAttempts: 1 });
  const TableName = require(process.env.LAMBDALESS_OUTPUTS).shop.Table;
  (async () => {
    for (let index = 0; index < 10; index++) {
      await client.send(new PutItemCommand({ TableName, Item: { pk: { S: String(index) } } })).then(() => process.stdout.write('.'), error => process.stdout.write(error.name[0]));
    }
  })();
`;

let directory: string;

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
  directory = mkdtempSync(join(tmpdir(), 'faults-'));
  writeFileSync(join(directory, 'shop.json'), JSON.stringify({ Resources: { Table: TABLE }, Outputs: { Table: { Value: { Ref: 'Table' } } } }));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs the program beside the runtime, with these faults. */
function exec(faults: string, ...options: string[]) {
  writeFileSync(join(directory, 'faults.yaml'), faults);
  const args = ['exec', '--template', 'shop.json', '--faults', 'faults.yaml', ...options, '--', process.execPath, '--no-warnings', '-e', PROGRAM];
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { cwd: directory, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('exec: the same file and the same calls meet the same faults, and the log shows them', () => {
  const faults = 'seed: 3\nrules:\n  - { name: busy table, service: dynamodb, operation: PutItem, share: 0.5, error: throttled }\n';
  const first = exec(faults);
  expect(first.stdout).toMatch(/^[.T]{10}$/);
  expect(first.stdout).toContain('T');
  expect(first.stdout).toContain('.');
  expect(first.stderr.match(/fault +dynamodb:PutItem by client throttled \(busy table\)/g)).toHaveLength(first.stdout.split('T').length - 1);
  expect(exec(faults, '--quiet')).toEqual({ status: 0, stdout: first.stdout, stderr: '' });
});

test.each([
  ['is not there', ['--faults', 'none.yaml'], /^lambdaless: none\.yaml cannot be read: ENOENT.*\n$/],
  ['names a service that is none', ['--faults', 'wrong.yaml'], /^lambdaless: wrong\.yaml: rule 1: service is "dynamo", and has to be one of .*\n$/],
])('a file that %s stops the start, in one line', (_, options, message) => {
  writeFileSync(join(directory, 'wrong.yaml'), 'rules: [{ service: dynamo, error: throttled }]');
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, 'local', '--template', 'shop.json', '--port', '0', ...options], { cwd: directory, encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(message) });
});

test('local: the process is killed where the file says, and the log tells before', async () => {
  writeFileSync(join(directory, 'kill.json'), JSON.stringify({ rules: [{ service: 'dynamodb', operation: 'PutItem', process: 'killed', skip: 1, when: 'after' }] }));
  const command = new RunningCommand(process.execPath, [COMMAND, 'local', '--template', 'shop.json', '--port', '0', '--json', '--faults', 'kill.json'], { cwd: directory });
  const { endpoint, outputs } = JSON.parse(await command.line());
  writeFileSync(join(directory, 'outputs.json'), JSON.stringify(outputs));
  const env = { ...process.env, AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', LAMBDALESS_OUTPUTS: join(directory, 'outputs.json') };
  const { stdout } = spawnSync(process.execPath, ['--no-warnings', '-e', PROGRAM], { env, encoding: 'utf8' });
  // One is written, one ends the process, and the others find nobody.
  expect(stdout).toMatch(/^\.[^.]{9}$/);
  await command.complaint(/"kind":"fault".*"rule":"rule 1","what":"dynamodb:PutItem by client","fault":"process killed","when":"after"/);
  await expect(command.line()).rejects.toThrow('The command has ended.');
});
