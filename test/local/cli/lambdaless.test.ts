import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const COMMAND = join(ROOT, 'bin/lambdaless.js');

let directory: string;
const running = new Set<ChildProcess>();

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
});
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterEach(() => {
  running.forEach(child => child.kill('SIGKILL'));
  running.clear();
  rmSync(directory, { recursive: true, force: true });
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', data => { output.out += data; });
  child.stderr.on('data', data => { output.err += data; });
  const ended = new Promise<{ code: number | null; out: string; err: string }>(done => child.once('close', code => done({ code, ...output })));
  const firstLine = new Promise<string>(done => child.stdout.on('data', () => {
    const end = output.out.indexOf('\n');
    if (end >= 0) {
      done(output.out.slice(0, end));
    }
  }));
  return { child, ended, firstLine };
}

/** An assembly with one stack, as the CDK would write it. */
function assembly(resources: object = {}, outputs: object = {}, parameters: object = {}): string {
  const out = join(directory, 'cdk.out');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'manifest.json'), JSON.stringify({
    version: '36.0.0',
    artifacts: {
      Shop: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 'Shop.template.json' }, displayName: 'Shop' },
    },
  }));
  writeFileSync(join(out, 'Shop.template.json'), JSON.stringify({ Parameters: parameters, Resources: resources, Outputs: outputs }));
  return out;
}

const BUS = { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } } };
const OUTPUTS = { BusName: { Value: { Ref: 'Bus' } } };

test('says its version, which is the package\'s', async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(await start('--version').ended).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test('a reader who has had enough ends nothing', async () => {
  const { child, ended } = start('support');
  child.stdout.destroy();
  expect(await ended).toEqual({ code: 0, out: '', err: '' });
});

describe('local', () => {
  test('says as JSON where things are, and stops cleanly when asked', async () => {
    const { child, firstLine, ended } = start('local', '--assembly', assembly(BUS, OUTPUTS), '--json', '--port', '0');
    expect(JSON.parse(await firstLine)).toEqual({
      ready: true, endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), webSocketUrls: {}, httpUrls: {}, outputs: { Shop: { BusName: 'orders' } },
    });
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0, err: '' });
  });

  test('runs an app, whose words do not mix with its own', async () => {
    writeFileSync(join(directory, 'cdk.json'), JSON.stringify({ app: 'node app.js', context: { flag: 'on' } }));
    writeFileSync(join(directory, 'app.js'), `
      const { mkdirSync, writeFileSync } = require('node:fs');
      console.log('synthesizing with flag ' + JSON.parse(process.env.CDK_CONTEXT_JSON).flag);
      const out = process.env.CDK_OUTDIR;
      writeFileSync(out + '/manifest.json', JSON.stringify({ version: '36.0.0', artifacts: { Shop: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 't.json' } } } }));
      writeFileSync(out + '/t.json', JSON.stringify({ Resources: ${JSON.stringify(BUS)} }));
    `);
    const { child, firstLine, ended } = start('local', '--json', '--port', '0');
    expect(JSON.parse(await firstLine)).toMatchObject({ ready: true, outputs: { Shop: {} } });
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, err: 'synthesizing with flag on\n' });
  });

  test('ends when what is to be watched cannot be', async () => {
    writeFileSync(join(directory, 'cdk.json'), JSON.stringify({ app: 'node app.js', watch: { include: [''] } }));
    writeFileSync(join(directory, 'app.js'), `require('node:fs').cpSync(${JSON.stringify(assembly(BUS))}, process.env.CDK_OUTDIR, { recursive: true });`);
    expect(await start('local', '--json', '--port', '0', '--watch').ended).toMatchObject({ code: 1, out: '' });
  });

  describe('a template', () => {
    const template = (text: string, name: string = 'shop.yaml'): string => {
      writeFileSync(join(directory, name), text);
      return name;
    };
    const YAML = 'Parameters:\n  Name: {Type: String}\n  Suffix: {Type: String, Default: a=b}\nResources:\n  Bus:\n    Type: AWS::Events::EventBus\n    Properties:\n      Name: !Sub "${Name}-x"\n'
      + 'Outputs:\n  Bus: {Value: !Ref Bus}\n  Stack: {Value: !Ref AWS::StackName}\n  Suffix: {Value: !Ref Suffix}\n';

    test.each([
      ['runs with its parameters', ['--parameters', 'Name=orders', 'Suffix=c=d'], { shop: { Bus: 'orders-x', Stack: 'shop', Suffix: 'c=d' } }],
      ['runs under the name it is given', ['--stack-name', 'Prod', '--parameters', 'Name=orders'], { Prod: { Bus: 'orders-x', Stack: 'Prod', Suffix: 'a=b' } }],
    ])('%s', async (_, options, outputs) => {
      const { child, firstLine, ended } = start('local', '--template', template(YAML), '--json', '--port', '0', ...options);
      expect(JSON.parse(await firstLine)).toMatchObject({ ready: true, outputs });
      child.kill('SIGINT');
      expect(await ended).toMatchObject({ code: 0, err: '' });
    });

    test.each([
      ['lacks a parameter', YAML, [], 'shop.yaml:2: Stack shop, Parameters.Name: Parameters: [Name] must have values. Give them: --parameters Name=…'],
      ['is given a parameter that it has not', YAML, ['--parameters', 'Name=a', 'Colour=red'], 'Parameters: [Colour] do not exist in the template.'],
      ['is given a parameter for another stack', YAML, ['--parameters', 'Name=a', 'Other:Name=red'], 'Parameters: [Other:Name] do not exist in the template.'],
      ['is no YAML', 'Resources:\n  A: [', [], /^shop\.yaml:2: neither JSON nor YAML: /],
      ['refers to nothing', 'Resources:\n  Bus:\n    Type: AWS::Events::EventBus\n    Properties:\n      Name: !Ref Nothing', [], /^shop\.yaml:5: Stack shop, resource Bus, Properties\.Name\.Ref: .*Nothing/],
      ['comes with an assembly', YAML, ['--assembly', 'x'], '--assembly and --template exclude each other; give one.'],
    ])('is refused in one line when it %s', async (_, text, options, message) => {
      const { code, out, err } = await start('local', '--template', template(text), '--port', '0', ...options).ended;
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err.replace(/^lambdaless: /, '').trimEnd()).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    });

    test.each([
      [['--stack-name', '1st'], /--stack-name <name>.*'1st' is invalid/],
      [['--parameters', 'Name'], /--parameters <Key=Value\.\.\.>.*'Name' is invalid.*Key=Value/],
    ])('%j is refused with the usage', async (options, message) => {
      const { code, err } = await start('local', '--template', 'x', ...options).ended;
      expect(code).toBe(1);
      expect(err).toMatch(message);
    });

    test('with other resources runs where that is allowed, and names them', async () => {
      const file = template('Resources:\n  Files: {Type: AWS::S3::Bucket}\n  Alarm: {Type: AWS::CloudWatch::Alarm}\nOutputs:\n  Files: {Value: !GetAtt Files.Arn}\n');
      const { child, firstLine, ended } = start('local', '--template', file, '--json', '--port', '0', '--allow-unsupported');
      expect(JSON.parse(await firstLine)).toMatchObject({ outputs: { shop: { Files: expect.stringMatching(/^arn:aws:s3:us-east-1:000000000000:shop-Files-/) } } });
      child.kill('SIGINT');
      expect(await ended).toMatchObject({ code: 0, err: 'lambdaless: not emulated: Files (AWS::S3::Bucket)\n' });
    });

    test('a name for the stack of an app is refused', async () => {
      expect(await start('local', '--assembly', assembly(BUS), '--stack-name', 'x', '--port', '0').ended).toMatchObject({ code: 1, err: expect.stringMatching(/--stack-name names the stack of a --template/) });
    });
  });

  test('the parameters of an app come from the command line too, for every stack or for one', async () => {
    const out = assembly({ Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: { Ref: 'Name' } } } }, { Bus: { Value: { Ref: 'Bus' } } }, { Name: { Type: 'String' } });
    const { child, firstLine } = start('local', '--assembly', out, '--json', '--port', '0', '--parameters', 'Name=a', 'Shop:Name=b');
    expect(JSON.parse(await firstLine)).toMatchObject({ outputs: { Shop: { Bus: 'b' } } });
    child.kill('SIGINT');
  });

  describe('one line says what is wrong, and the exit code is not 0', () => {
    const refused = async (args: string[], ...words: RegExp[]) => {
      const { code, out, err } = await start('local', '--port', '0', ...args).ended;
      expect(code).toBe(1);
      expect(out).toBe('');
      const [line] = err.trimEnd().split('\n').slice(-1);
      expect(line).toMatch(/^lambdaless: /);
      expect(err).not.toMatch(/\n\s+at /);
      words.forEach(word => expect(line).toMatch(word));
    };

    test('nothing to run', () => refused([], /no cdk\.json with an "app"/, /--app/));
    test('two things to run', () => refused(['--app', 'x', '--assembly', 'y'], /exclude each other/));
    test('an assembly that is not there', () => refused(['--assembly', 'nowhere'], /nowhere/));
    test('a directory that is no assembly', () => refused(['--assembly', '.'], /manifest\.json/));
    test('a manifest that is no JSON', () => {
      writeFileSync(join(assembly(), 'manifest.json'), '{');
      return refused(['--assembly', 'cdk.out'], /manifest\.json/, /JSON/);
    });
    test('an app that fails', () => refused(['--app', 'node -e "process.exit(3)"'], /failed to synthesize/, /exit code 3/));
    test('an app that writes nothing', () => refused(['--app', 'node -e 0'], /manifest\.json/));
    test('a resource type that is not emulated', () => {
      assembly({ Bucket: { Type: 'AWS::S3::Bucket' } });
      return refused(['--assembly', 'cdk.out'], /AWS::S3::Bucket/, /Bucket/, /does not emulate/);
    });
    test('a property that is not emulated', () => {
      assembly({ Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders', Colour: 'red' } } });
      return refused(['--assembly', 'cdk.out'], /Colour/, /AWS::Events::EventBus/);
    });
    test('a reference that leads nowhere', () => {
      assembly({ Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: { Ref: 'Nothing' } } } });
      return refused(['--assembly', 'cdk.out'], /Bus/, /Nothing/);
    });
    test('a port that is taken', async () => {
      const server = createServer();
      await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
      const { port } = server.address() as AddressInfo;
      assembly(BUS);
      await refused(['--assembly', 'cdk.out', '--port', String(port)], new RegExp(String(port)), /in use/);
      server.close();
    });
  });

  test('a port that is no port is refused with the usage', async () => {
    const { code, err } = await start('local', '--port', 'http').ended;
    expect(code).toBe(1);
    expect(err).toMatch(/--port <number>.*'http' is invalid.*0 to 65535/);
  });
});

describe('exec', () => {
  const report = 'console.log(JSON.stringify([process.env.AWS_ENDPOINT_URL, process.env.AWS_ACCESS_KEY_ID, process.env.AWS_REGION, JSON.parse(require("fs").readFileSync(process.env.LAMBDALESS_OUTPUTS))]))';

  test('gives the command the endpoints and the outputs', async () => {
    const { code, out } = await start('exec', '--assembly', assembly(BUS, OUTPUTS), '--', 'node', '-e', report).ended;
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), 'test', 'us-east-1', { Shop: { BusName: 'orders' } }]);
  });

  test.each([
    ['ends with the code of the command', ['node', '-e', 'process.exit(7)'], 7],
    ['ends as shells do when a signal ended the command', ['node', '-e', 'process.kill(process.pid, "SIGTERM")'], 143],
    ['ends with 127 when there is no such command', ['no-such-command'], 127],
    ['leaves options after the dashes to the command', ['node', '-e', 'process.exit(process.argv.includes("--port") ? 5 : 6)', '--', '--port', 'x'], 5],
  ])('%s', async (_, command, code) => {
    expect((await start('exec', '--assembly', assembly(BUS), '--', ...command).ended).code).toBe(code);
  });

  test('runs a command beside a template', async () => {
    writeFileSync(join(directory, 'template.json'), JSON.stringify({ Parameters: { Name: { Type: 'String' } }, Resources: { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: { Ref: 'Name' } } } } }));
    const { code, out } = await start('exec', '--template', 'template.json', '--stack-name', 'Shop', '--parameters', 'Name=x', '--', 'node', '-e', report).ended;
    expect({ code, outputs: JSON.parse(out)[3] }).toEqual({ code: 0, outputs: { Shop: {} } });
  });

  test('runs nothing when the app cannot run', async () => {
    const { code, out } = await start('exec', '--assembly', assembly({ Bucket: { Type: 'AWS::S3::Bucket' } }), '--', 'echo', 'ran').ended;
    expect({ code, out }).toEqual({ code: 1, out: '' });
  });
});
