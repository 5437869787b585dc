import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { templateFiles } from '../../../../local/kernel/template';

const ENVIRONMENT = { account: '123456789012', region: 'eu-west-1', partition: 'aws', urlSuffix: 'amazonaws.com' };

let directory: string;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'files-')));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** An app in which a nested stage has a directory for an asset, and what the template calls it. */
function synthesize() {
  const code = join(directory, 'code');
  mkdirSync(code);
  writeFileSync(join(code, 'index.js'), 'exports.handler = 1;');
  const app = new App({ outdir: join(directory, 'cdk.out') });
  const stack = new Stack(new Stage(app, 'Prod'), 'Stack');
  const { s3ObjectKey } = new Asset(stack, 'Code', { path: code });
  app.synth();
  return { assembly: join(directory, 'cdk.out', 'assembly-Prod'), key: stack.resolve(s3ObjectKey) as string };
}

test('an asset is found by the bucket and key of the environment that it would be uploaded to', () => {
  const { assembly, key } = synthesize();
  const files = templateFiles(assembly, ENVIRONMENT);

  const asset = files.asset('cdk-hnb659fds-assets-123456789012-eu-west-1', key)!;

  expect(readFileSync(join(asset, 'index.js'), 'utf8')).toBe('exports.handler = 1;');
  expect(files.asset('cdk-hnb659fds-assets-999999999999-eu-west-1', key)).toBeUndefined();
  expect(files.asset('cdk-hnb659fds-assets-123456789012-eu-west-1', 'other.zip')).toBeUndefined();
  expect(files.asset('__proto__', 'constructor')).toBeUndefined();
});

test('a template of its own has no assets, and its paths are relative to it', () => {
  const files = templateFiles(directory, ENVIRONMENT);
  expect(files.asset('bucket', 'key')).toBeUndefined();
  expect(files.path('./src/connect')).toBe(join(directory, 'src', 'connect'));
});
