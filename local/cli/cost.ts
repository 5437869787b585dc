import { Command, InvalidArgumentError } from 'commander';
import { costReport, costText } from './cost-report';
import { DEFAULT_ENDPOINT } from './options';
import { UsageError } from './report';
import { RunningRuntime } from './running-runtime';
import { COST_PATH } from '../cost/cost-page';
import { MeterReading } from '../cost/meter';
import { readPriceTable } from '../cost/price-table';
import { PriceTable } from '../engines/cost';
import { Runtime } from '../main';

interface CostOptions {
  readonly endpoint: string;
  readonly rate?: number;
  readonly region?: string;
  readonly prices?: string;
  readonly json?: boolean;
}

/** `lambdaless cost`: what AWS would bill for what has just run. */
export function addCostCommand(program: Command): void {
  program.command('cost').description('tell what AWS would bill for what has just run, and for the same through Lambda; the runtime runs with --cost')
    .option('--rate <messages>', 'what a month costs with so many messages a second', parseRate)
    .option('--region <name>', 'the region whose prices count (default: the first of the price table)')
    .option('--prices <file>', 'other prices, in the form of prices/prices.json of the package')
    .option('--endpoint <url>', 'where the runtime listens', DEFAULT_ENDPOINT)
    .option('--json', 'print one JSON object, for programs')
    .action(async (options: CostOptions) => {
      const { table, region } = pricesFor(options);
      const { status, body } = await new RunningRuntime(options.endpoint).fetch(COST_PATH, {});
      if (status !== 200) {
        throw new UsageError(`The runtime at ${options.endpoint} counts nothing: start it with "lambdaless local --cost".`);
      }
      const report = costReport(JSON.parse(body) as MeterReading, table, region, options.rate);
      process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : costText(report));
    });
}

/** The bill of a run, at its end, where it was asked for. */
export function tellCost({ meterReading }: Pick<Runtime, 'meterReading'>): void {
  if (meterReading) {
    const { table, region } = pricesFor({});
    process.stderr.write(costText(costReport(meterReading, table, region)));
  }
}

function pricesFor({ prices, region }: Pick<CostOptions, 'prices' | 'region'>): { table: PriceTable; region: string } {
  let table: PriceTable;
  try {
    table = readPriceTable(prices);
  } catch (error) {
    throw new UsageError(`--prices ${prices}: ${(error as Error).message}`);
  }
  const chosen = region ?? table.regions[0];
  if (!table.regions.includes(chosen)) {
    throw new UsageError(`The price table of ${table.date} has no prices of ${chosen}, only of ${table.regions.join(', ')}. Give others with --prices <file>.`);
  }
  return { table, region: chosen };
}

function parseRate(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw new InvalidArgumentError('A rate is a number of messages a second, such as 10 or 0.5.');
  }
  return Number(text);
}
