import { Command, InvalidArgumentError } from 'commander';
import { costText } from './cost-text';
import { DEFAULT_ENDPOINT } from './options';
import { UsageError } from './report';
import { RunningRuntime } from './running-runtime';
import { COST_PATH } from '../cost/cost-page';
import { readPriceTable } from '../cost/price-table';
import { costReport, MeterReading, PriceTable, regionOf, UnknownRegionError } from '../engines/cost';
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
      const table = pricesFor(options);
      const runtime = new RunningRuntime(options.endpoint);
      const { status, body } = await runtime.fetch(COST_PATH, {});
      if (status !== 200) {
        throw new UsageError(`The runtime at ${options.endpoint} counts nothing: start it with "lambdaless local --cost".`);
      }
      const report = costReport(runtime.read(body) as MeterReading, table, { region: options.region, messagesPerSecond: options.rate });
      process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : costText(report));
    });
}

/** The bill of a run, at its end, where it was asked for. */
export function tellCost({ meterReading }: Pick<Runtime, 'meterReading'>): void {
  if (meterReading) {
    process.stderr.write(costText(costReport(meterReading, readPriceTable())));
  }
}

/** The table, which has the region: that is told before anything is asked of the runtime. */
function pricesFor({ prices, region }: Pick<CostOptions, 'prices' | 'region'>): PriceTable {
  try {
    const table = readPriceTable(prices);
    regionOf(table, region);
    return table;
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(error instanceof UnknownRegionError ? `${message} Give others with --prices <file>.` : `--prices ${prices}: ${message}`);
  }
}

function parseRate(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw new InvalidArgumentError('A rate is a number of messages a second, such as 10 or 0.5.');
  }
  return Number(text);
}
