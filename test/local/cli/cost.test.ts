import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costReport, costText } from '../../../local/cli/cost-report';
import { readPriceTable } from '../../../local/cost/price-table';
import { RunningCommand } from '../../support/running-command';

const ROOT = join(__dirname, '../../..');
const COMMAND = join(ROOT, 'bin/lambdaless.js');
const directory = mkdtempSync(join(tmpdir(), 'cost-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const READING = { since: 0, now: 60_000, usage: { messages: 4, executions: 2, executionGigabyteSeconds: 0.0125, reads: 2 }, requests: 3, reactions: 1 };

test('a report prices what was counted, for each message and for a month', () => {
  const report = costReport(READING, readPriceTable(), 'us-east-1', 10);
  const cost = (4 * 1 + 2 * 1 + 0.0125 * 16.67 + 2 * 0.125) / 1e6;
  const lambda = (4 * 1 + 2 * 0.125 + 4 * 0.2 + 4 * 0.25 * 0.015 * 16.6667) / 1e6;
  expect(report.bill.cost).toBeCloseTo(cost, 12);
  expect(report.lambda.cost).toBeCloseTo(lambda, 12);
  expect(report.perMessage!.cost).toBeCloseTo(cost / 4, 12);
  expect(report.perMonth!.cost).toBeCloseTo(cost / 4 * 10 * 730 * 3600, 6);
  expect(costText(report)).toMatch(/A month of 10 such messages a second: \$\d+\.\d\d, through Lambda \$\d+\.\d\d\./);
});

test('where nothing has happened there is no bill, and no division by nothing', () => {
  const report = costReport({ ...READING, usage: {}, requests: 0, reactions: 0 }, readPriceTable(), 'us-east-1', 10);
  expect([report.perMessage, report.perMonth, report.bill.cost]).toEqual([undefined, undefined, 0]);
  expect(costText(report)).toBe('Nothing that AWS bills has happened since 1970-01-01T00:00:00.000Z.\n');
});

test('the simulation has its prices from the same table', () => {
  const { meters } = JSON.parse(readFileSync(join(ROOT, 'prices/prices.json'), 'utf8'));
  const script = `import('${ROOT}/simulation/prices.mjs').then(({ PRICES }) => console.log(JSON.stringify(PRICES)))`;
  const prices = JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
  expect(meters).toMatchObject(prices);
});

describe('the command', () => {
  let runtime: RunningCommand;
  let endpoint: string;
  beforeAll(async () => {
    execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
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

  test.each([
    [['--region', 'eu-west-1'], /^lambdaless: The price table of \d{4}-\d\d-\d\d has no prices of eu-west-1, only of us-east-1\. Give others with --prices <file>\.\n$/],
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
    writeFileSync(join(directory, 'ours.json'), JSON.stringify({ ...table, regions: ['eu-west-1'], meters: { ...table.meters, events: { ...table.meters.events, perMillion: 2 } } }));
    const { out } = await run('cost', '--prices', 'ours.json', '--json');
    expect(JSON.parse(out)).toMatchObject({ prices: { region: 'eu-west-1' }, bill: { cost: 0.000002 } });
  });

  test('is told at the end of a run, too', async () => {
    await runtime.stop('SIGINT');
    expect(await runtime.complaint(/^What AWS would bill for/)).toMatch(/at us-east-1's prices of/);
  });
});
