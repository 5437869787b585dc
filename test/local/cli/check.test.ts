import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RunningCommand } from '../../support/running-command';

const ROOT = resolve(__dirname, '../../..');
const COMMAND = join(ROOT, 'bin/lambdaless.js');

let directory: string;
beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
  directory = mkdtempSync(join(tmpdir(), 'check-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function template(resources: object): string {
  const file = join(directory, 'shop.json');
  writeFileSync(file, JSON.stringify({ Resources: resources }));
  return file;
}

const check = (...args: string[]) => spawnSync(process.execPath, [COMMAND, 'check', ...args], { encoding: 'utf8' });
const BUS = { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } };

test('an app that runs as it is ends with 0', () => {
  expect(check('--template', template({ Bus: BUS }))).toMatchObject({ status: 0, stdout: expect.stringMatching(/^1 of 1 resources are emulated\.\n\nAssumed about AWS\n {2}events: /), stderr: '' });
});

test('one that does not ends with 1, and names what is in the way', () => {
  const { status, stdout } = check('--template', template({ Bus: BUS, Bucket: { Type: 'AWS::S3::Bucket' } }));
  expect(status).toBe(1);
  expect(stdout).toMatch(/^1 of 2 resources are emulated\.\n\nNot emulated\n {2}Bucket \(AWS::S3::Bucket\): the local runtime does not emulate this type\n\n/);
});

test('programs get JSON', () => {
  expect(JSON.parse(check('--json', '--template', template({ Bus: BUS })).stdout)).toEqual({
    resources: [{ stackName: 'shop', constructPath: 'Bus', type: 'AWS::Events::EventBus', status: 'emulated' }], findings: [], assumptions: expect.any(Array),
  });
});

test('a cloud assembly that is none is told in one line', () => {
  const { status, stderr } = check(join(directory, 'nowhere'));
  expect(status).toBe(1);
  expect(stderr).toMatch(/^lambdaless: .*nowhere.*\n$/);
});

test('two assemblies exclude each other', () => {
  expect(check('one', '--assembly', 'other')).toMatchObject({ status: 1, stdout: '', stderr: 'lambdaless: one and --assembly other exclude each other; give one.\n' });
});

test('local --allow-unsupported names what it leaves out, and runs the rest', async () => {
  const command = new RunningCommand(process.execPath, [COMMAND, 'local', '--json', '--port', '0', '--allow-unsupported', '--template', template({ Bus: BUS, Bucket: { Type: 'AWS::S3::Bucket' } })], { cwd: directory });
  expect(JSON.parse(await command.line())).toMatchObject({ ready: true });
  expect(await command.complaint(/Bucket/)).toBe('lambdaless: not emulated: Bucket (AWS::S3::Bucket)');
  expect(await command.stop()).toBe(0);
});
