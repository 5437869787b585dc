import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import typescript from 'typescript';

const ROOT = join(__dirname, '../../../..');
const { version, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

let directory: string;
beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
});
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'init-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function init(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/lambdaless.js'), 'init', ...args], { cwd: directory, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}
function files(texts: Record<string, string>): void {
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}
const read = (name: string) => readFileSync(join(directory, name), 'utf8');

/** Whether TypeScript can read it: that it compiles, and runs, is shown with the package installed (test/package). */
function syntaxErrors(name: string): readonly unknown[] {
  return typescript.transpileModule(read(name), { reportDiagnostics: true, fileName: name }).diagnostics!.map(({ messageText }) => messageText);
}

describe('in an empty directory', () => {
  test('makes an app, and says what comes next', () => {
    expect(init('my shop')).toEqual({
      code: 0, err: '', out: 'wrote    package.json\nwrote    cdk.json\nwrote    tsconfig.json\nwrote    .gitignore\nwrote    app.ts\n\nNext:\n  cd my shop\n  npm install\n  npx lambdaless local\n',
    });
    const { name, dependencies } = JSON.parse(read('my shop/package.json'));
    expect([name, dependencies]).toEqual(['my-shop', { ...peerDependencies, 'cdk-lambdaless-websockets': `^${version}` }]);
    expect(read('my shop/app.ts')).toContain("new Stack(app, 'MyShop')");
    expect(syntaxErrors('my shop/app.ts')).toEqual([]);
  });

  test.each([['café_', 'Caf'], ["it's '", 'ItS'], ['-', 'Socket'], ['2nd-shop.', 'ndShop']])('of any name, %j, the stack has one that CloudFormation takes', (name, stack) => {
    expect(init(name).code).toBe(0);
    expect(read(`${name}/app.ts`)).toContain(`new Stack(app, '${stack}')`);
    expect(syntaxErrors(`${name}/app.ts`)).toEqual([]);
  });

  test('says in one line that there is a file in its place', () => {
    files({ shop: 'mine' });
    const { code, err } = init('shop');
    expect([code, err]).toEqual([1, expect.stringMatching(/^lambdaless: .+shop is no directory, and cannot be made one: EEXIST.+ Choose another: lambdaless init <directory>\.\n$/)]);
  });

  test('as JSON', () => {
    expect(JSON.parse(init('--json').out)).toEqual({
      directory: expect.stringContaining('init-'), written: ['package.json', 'cdk.json', 'tsconfig.json', '.gitignore', 'app.ts'], changed: [], next: ['npm install', 'npx lambdaless local'],
    });
  });

  test('writes nothing at all where it would overwrite something', () => {
    files({ 'package.json': '{}', 'app.ts': 'mine' });
    const { code, out, err } = init();
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^lambdaless: There is no CDK app in .+, and to make one would overwrite package\.json, app\.ts\. Choose an empty directory: lambdaless init <directory>\.\n$/);
    expect([readdirSync(directory).sort(), read('app.ts')]).toEqual([['app.ts', 'package.json'], 'mine']);
  });

  test('adds nothing to an app that it has made before', () => {
    init();
    const { code, err } = init();
    expect([code, err]).toEqual([1, 'lambdaless: app.ts has an EventSocket already: there is nothing to add.\n']);
  });
});

describe('in a CDK app', () => {
  test.each([
    [
      'of TypeScript, as cdk init makes it', 'npx ts-node --prefer-ts-exts bin/shop.ts', 'bin/shop.ts', "import * as cdk from 'aws-cdk-lib';\n\nconst app = new cdk.App();\n",
      'lib/event-socket-stack.ts', "import * as cdk from 'aws-cdk-lib';\n\nconst app = new cdk.App();\n\nimport { EventSocketStack } from '../lib/event-socket-stack';\n\nnew EventSocketStack(app, 'EventSocketStack');\n",
    ],
    [
      'that synthesizes itself', 'tsx "./app.ts"', 'app.ts', 'const it = new App();\nit.synth();\n',
      'lib/event-socket-stack.ts', "const it = new App();\nimport { EventSocketStack } from './lib/event-socket-stack';\n\nnew EventSocketStack(it, 'EventSocketStack');\n\nit.synth();\n",
    ],
    [
      'of JavaScript', 'node bin/shop.js', 'bin/shop.js', "const cdk = require('aws-cdk-lib');\nconst app = new cdk.App();\n",
      'lib/event-socket-stack.js', "const cdk = require('aws-cdk-lib');\nconst app = new cdk.App();\n\nconst { EventSocketStack } = require('../lib/event-socket-stack.js');\n\nnew EventSocketStack(app, 'EventSocketStack');\n",
    ],
    [
      'of modules', 'node app.mjs', 'app.mjs', "import { App } from 'aws-cdk-lib';\nconst app = new App();\n",
      'lib/event-socket-stack.mjs', "import { App } from 'aws-cdk-lib';\nconst app = new App();\n\nimport { EventSocketStack } from './lib/event-socket-stack.mjs';\n\nnew EventSocketStack(app, 'EventSocketStack');\n",
    ],
  ])('%s it adds a stack', (_case, app, entry, before, file, after) => {
    files({ 'cdk.json': JSON.stringify({ app }), 'lib/.keep': '', [entry]: before });
    expect(init()).toEqual({ code: 0, err: '', out: `wrote    ${file}\nchanged  ${entry}\n\nNext:\n  npm install cdk-lambdaless-websockets\n  npx lambdaless local\n` });
    expect(read(entry)).toBe(after);
    expect(syntaxErrors(file)).toEqual([]);
  });

  test.each([
    ['whose app it does not find', { 'cdk.json': '{"app":"npx ts-node bin/shop.ts"}', 'bin/shop.ts': 'makeApp();' }, /bin\/shop\.ts has no line like "const app = new App\(\)"/],
    ['that has two apps', { 'cdk.json': '{"app":"node a.js"}', 'a.js': 'const a = new App();\nconst b = new App();' }, /a\.js has more than one line like/],
    ['of another language', { 'cdk.json': '{"app":"python3 app.py"}', 'app.py': '' }, /runs no JavaScript or TypeScript file that is here: python3 app\.py/],
    ['that is broken', { 'cdk.json': '{' }, /cdk\.json is not JSON/],
    ['that has such a file', { 'cdk.json': '{"app":"node a.js"}', 'a.js': 'const a = new App();', 'event-socket-stack.js': 'mine' }, /event-socket-stack\.js is there already, and is not overwritten\./],
  ])('%s it changes nothing, and says why', (_case, texts: Record<string, string>, why) => {
    files(texts);
    const { code, out, err } = init();
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(why);
    for (const [name, text] of Object.entries(texts)) {
      expect(read(name)).toBe(text);
    }
    expect(existsSync(join(directory, 'lib'))).toBe(false);
  });
});
