import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningCommand } from '../../support/running-command';

const ROOT = join(__dirname, '../../..');
const COMMAND = join(ROOT, 'bin/lambdaless.js');
const directory = mkdtempSync(join(tmpdir(), 'cost-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('the simulation has its prices from the same table', () => {
  const { meters, regions } = JSON.parse(readFileSync(join(ROOT, 'prices/prices.json'), 'utf8'));
  const script = `import('${ROOT}/simulation/prices.mjs').then(({ PRICES }) => console.log(JSON.stringify(PRICES)))`;
  const prices = JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
  expect(Object.keys(prices).length).toBeGreaterThan(5);
  expect(prices).toEqual(Object.fromEntries(Object.keys(prices).map(meter => [meter, { ...meters[meter], ...regions['us-east-1'][meter] }])));
});

describe('the command', () => {
  let runtime: RunningCommand;
  let endpoint: string;
  beforeAll(async () => {
    execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
    writeFileSync(join(directory, 'old.json'), JSON.stringify({ date: '2026-11-26', currency: 'USD', regions: ['us-east-1'], meters: {} }));
    writeFileSync(join(directory, 'shop.yaml'), 'Resources:\n  Bus:\n    Type: AWS::Events::EventBus\n    Properties: {Name: orders}\n');
    runtime = new RunningCommand(process.execPath, [COMMAND, 'local', '--template', 'shop.yaml', '--port', '0', '--json', '--quiet', '--cost'], { cwd: directory });
    ({ endpoint } = JSON.parse(await runtime.line()));
  }, 60_000);
  afterAll(() => runtime?.stop());

  function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn(process.execPath, [COMMAND, ...args, '--endpoint', endpoint], { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.on('data', data => { out += data; });
    child.stderr.on('data', data => { err += data; });
    return new Promise(resolve => child.once('close', code => resolve({ code, out, err })));
  }

  test('tells what a running runtime has counted', async () => {
    await run('send', '{"a":1}');
    const { code, out } = await run('cost', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ prices: { region: 'us-east-1', currency: 'USD' }, bill: { lines: [{ meter: 'events', amount: 1, cost: 0.000001 }], cost: 0.000001 } });
  });

  test('tells it at the prices of another region', async () => {
    const { out } = await run('cost', '--json', '--region', 'eu-central-1');
    expect(JSON.parse(out)).toMatchObject({ prices: { region: 'eu-central-1' }, bill: { lines: [{ meter: 'events', cost: 0.000001 }], unpriced: [], cost: 0.000001 } });
  });

  test('names what has no price in a region', async () => {
    const { out } = await run('cost', '--json', '--region', 'ap-northeast-1');
    expect(JSON.parse(out)).toMatchObject({ bill: { lines: [], unpriced: [{ meter: 'events', amount: 1 }], cost: 0 }, comparisonLacks: [] });
    expect((await run('cost', '--region', 'ap-northeast-1')).out).toMatch(/^ {2}1 {2}custom events on a bus, each 64 KB +price not known in ap-northeast-1$/m);
  });

  test.each([
    [['--region', 'eu-west-9'], /^lambdaless: The price table of \d{4}-\d\d-\d\d has no prices of eu-west-9, only of us-east-1, us-east-2, .*\. Give others with --prices <file>\.\n$/],
    [['--prices', 'old.json'], /^lambdaless: --prices old\.json: "regions" is no object\. A price table has the form of prices\/prices\.json of the package\.\n$/],
    [['--prices', 'shop.yaml'], /^lambdaless: --prices shop\.yaml: /],
    [['--prices', 'nowhere.json'], /^lambdaless: --prices nowhere\.json: ENOENT/],
    [['--rate', 'many'], /A rate is a number of messages a second/],
  ])('%j is refused', async (args, why) => {
    const { code, out, err } = await run('cost', ...args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(why);
  });

  test('takes prices of another region from a file', async () => {
    const table = JSON.parse(readFileSync(join(ROOT, 'prices/prices.json'), 'utf8'));
    writeFileSync(join(directory, 'ours.json'), JSON.stringify({ ...table, currency: 'CNY', regions: { 'cn-north-1': { events: { perMillion: 2 } } } }));
    const { out } = await run('cost', '--prices', 'ours.json', '--json');
    expect(JSON.parse(out)).toMatchObject({ prices: { region: 'cn-north-1', currency: 'CNY', regions: ['cn-north-1'] }, bill: { cost: 0.000002 } });
  });

  test('is told at the end of a run, too', async () => {
    await runtime.stop('SIGINT');
    expect(await runtime.complaint(/^What AWS would bill for/)).toMatch(/at us-east-1's prices of/);
  });
});
