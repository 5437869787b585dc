import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { WebSocket } from 'ws';
import { ignoredBy, watchFiles } from '../../../local/cli/watch';
import { RunningCommand } from '../../support/running-command';
import { Client } from '../services/apigatewayv2/clients';

const ROOT = resolve(__dirname, '../../..');

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'watch-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('local --watch', () => {
  let command: RunningCommand;
  beforeAll(() => {
    execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
  });
  afterEach(() => command.stop());

  const api = (...routes: string[]) => Object.fromEntries([
    ['Api', { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } }],
    ['Stage', { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'live', AutoDeploy: true } }],
    ...routes.flatMap(route => [
      [`${route}Integration`, { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'MOCK', RequestTemplates: { '\\$default': '{"statusCode":200}' }, TemplateSelectionExpression: '\\$default' } }],
      [`${route}Response`, { Type: 'AWS::ApiGatewayV2::IntegrationResponse', Properties: { ApiId: { Ref: 'Api' }, IntegrationId: { Ref: `${route}Integration` }, IntegrationResponseKey: '$default', ResponseTemplates: { '\\$default': `from ${route}` }, TemplateSelectionExpression: '\\$default' } }],
      [`${route}Route`, { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: route, RouteResponseSelectionExpression: '$default', Target: { 'Fn::Join': ['/', ['integrations', { Ref: `${route}Integration` }]] } } }],
      [`${route}RouteResponse`, { Type: 'AWS::ApiGatewayV2::RouteResponse', Properties: { ApiId: { Ref: 'Api' }, RouteId: { Ref: `${route}Route` }, RouteResponseKey: '$default' } }],
    ]),
  ]);

  const synthesize = (resources: object) => {
    mkdirSync(join(directory, 'out'), { recursive: true });
    const file = join(directory, 'out', 'Shop.template.json');
    // At once, so that nobody reads half of it.
    writeFileSync(`${directory}/next`, JSON.stringify({ Resources: resources }));
    renameSync(`${directory}/next`, file);
  };

  const start = async (resources: object) => {
    synthesize(resources);
    writeFileSync(join(directory, 'out', 'manifest.json'), JSON.stringify({
      version: '36.0.0',
      artifacts: { Shop: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 'Shop.template.json' } } },
    }));
    command = new RunningCommand(process.execPath, [join(ROOT, 'bin/lambdaless.js'), 'local', '--assembly', 'out', '--json', '--watch', '--port', '0'], { cwd: directory });
    const { webSocketUrls } = JSON.parse(await command.line());
    const socket = new WebSocket(Object.values<string>(webSocketUrls)[0]);
    const client = new Client(socket);
    await new Promise((opened, failed) => socket.once('open', opened).once('error', failed));
    return client;
  };

  test('applies what has changed to a socket that is open, and survives what cannot be applied', async () => {
    const client = await start(api('one'));
    expect(await client.ask({ action: 'one' })).toBe('from one');
    expect(await client.ask({ action: 'two' })).toMatch('Forbidden');

    synthesize(api('one', 'two'));
    const { changes } = JSON.parse(await command.line());
    expect(changes.map(({ change, logicalId }: { change: string; logicalId: string }) => `${change} ${logicalId}`)).toEqual([
      'created twoIntegration', 'created twoResponse', 'created twoRoute', 'created twoRouteResponse',
    ]);
    expect(await client.ask({ action: 'two' })).toBe('from two');

    synthesize({ ...api('one'), Bucket: { Type: 'AWS::S3::Bucket' } });
    await command.complaint(/AWS::S3::Bucket/);
    expect(await client.ask({ action: 'two' })).toBe('from two');

    synthesize(api('one'));
    await command.line();
    expect(await client.ask({ action: 'two' })).toMatch('Forbidden');
    expect(await client.ask({ action: 'one' })).toBe('from one');
  });

  test('closes the sockets of a stage that is gone', async () => {
    const client = await start(api('one'));
    const { Stage: _, ...rest } = api('one');
    synthesize(rest);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  });
});

describe('watchFiles', () => {
  test('says what cannot be watched, and goes on', async () => {
    const watching = jest.spyOn(jest.requireActual<typeof import('chokidar')>('chokidar'), 'watch');
    const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const stop = await watchFiles(directory, {}, async () => {});
    const watcher = watching.mock.results[0].value as EventEmitter;
    watcher.emit('error', new Error('ENOSPC: System limit for number of file watchers reached'));
    expect(told.mock.calls).toEqual([['lambdaless: Not every file can be watched: ENOSPC: System limit for number of file watchers reached\n']]);
    jest.restoreAllMocks();
    await stop();
  });

  test('calls back for files of the app alone, and one call after the other', async () => {
    for (const folder of ['src', 'node_modules/x', '.git', 'generated']) {
      mkdirSync(join(directory, folder), { recursive: true });
    }
    const calls: string[] = [];
    let changed: () => void = () => undefined;
    const next = () => new Promise<void>(called => { changed = called; });
    const stop = await watchFiles(directory, { include: ['**/*.ts'], exclude: ['generated'] }, async () => {
      calls.push('begin');
      await new Promise(setImmediate);
      calls.push('end');
      changed();
    });

    for (const ignored of ['node_modules/x/a.ts', '.git/a.ts', 'generated/a.ts', 'src/a.txt']) {
      writeFileSync(join(directory, ignored), 'x');
    }
    const first = next();
    writeFileSync(join(directory, 'src/a.ts'), 'x');
    await first;
    const second = next();
    writeFileSync(join(directory, 'src/a.ts'), 'y');
    await second;
    await stop();
    expect(calls).toEqual(['begin', 'end', 'begin', 'end']);
  });
});

test.each([
  ['src/a.ts', false], ['src/a.txt', true], ['generated', true], ['generated/a.ts', true], ['node_modules', true], ['.git', true], ['kept', true], ['kept-too', false],
])('of %s: ignored is %s', (name, ignored) => {
  const isIgnored = ignoredBy(directory, { include: ['**/*.ts'], exclude: ['generated'], data: join(directory, 'kept') });
  expect(isIgnored(join(directory, name), { isFile: () => name.includes('/') })).toBe(ignored);
});
