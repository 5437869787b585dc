import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const EVENT = { 'id': '1', 'account': '0', 'source': 'shop', 'time': '2026-01-01T00:00:00Z', 'region': 'r', 'resources': [], 'detail-type': 'Sold', 'detail': { n: 5 } };

/** The files that the pages' commands speak of. */
const FILES = {
  'app.js': `const { App, CfnOutput, Stack } = require('aws-cdk-lib');
const { EventSocket } = require('cdk-lambdaless-websockets');
const app = new App();
const stack = new Stack(app, 'Shop');
const socket = new EventSocket(stack, 'Socket');
new CfnOutput(stack, 'SocketUrl', { value: socket.url });
new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
`,
  'cdk.json': { app: 'node app.js' },
  'package.json': { name: 'shop', private: true, scripts: { 'test': 'node -e 0', 'integration-tests': 'node -e 0' } },
  'faults.yaml': 'rules:\n  - { service: "*", share: 0.05, error: throttled }\n',
  'pattern.json': { source: ['shop'] },
  'event.json': EVENT,
  'template.vtl': '{"id":"$context.connectionId"}',
  'message.json': { text: 'hello' },
  'context.json': { connectionId: 'x=' },
  'target.json': { InputTransformer: { InputPathsMap: { n: '$.detail.n' }, InputTemplate: '{"n": <n>}' } },
  'workflow.asl.json': { QueryLanguage: 'JSONata', StartAt: 'Add', States: { Add: { Type: 'Pass', Output: '{% $states.input.n + 1 %}', End: true } } },
  'input.json': { n: 1 },
  'request.json': { definition: JSON.stringify({ Type: 'Pass', End: true }), input: '{}' },
};

/** A reader's app, with the library as it is here: gives its directory. */
export function makeApp(root) {
  const directory = mkdtempSync(join(tmpdir(), 'lambdaless-shell-'));
  for (const [name, content] of Object.entries(FILES)) {
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const modules = join(directory, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  mkdirSync(join(directory, 'new'));
  symlinkSync(root, join(modules, 'cdk-lambdaless-websockets'), 'junction');
  ['aws-cdk-lib', 'constructs', 'classic-level'].forEach(name => symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction'));
  chmodSync(join(root, 'bin/lambdaless.js'), 0o755);
  symlinkSync(join(root, 'bin/lambdaless.js'), join(modules, '.bin', 'lambdaless'));
  execFileSync(process.execPath, ['app.js'], { cwd: directory, env: { ...process.env, CDK_OUTDIR: join(directory, 'cdk.out') } });
  // JSON is YAML, too.
  cpSync(join(directory, 'cdk.out/Shop.template.json'), join(directory, 'template.yaml'));
  return directory;
}
