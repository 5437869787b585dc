import { Meter } from './meter';
import { readPriceTable } from './price-table';
import { Bill, billOf, throughLambda } from '../engines/cost';

/** What AWS would bill for what has happened so far. */
export interface CurrentBill {
  readonly since: number;
  readonly prices: { readonly date: string; readonly region: string; readonly currency: string };
  readonly messages: number;
  readonly bill: Bill;
  /** The same traffic through Lambda functions. */
  readonly lambda: Bill;
}

/** The bill of a meter, at the prices that come with the package. */
export function currentBill(meter: Meter): CurrentBill {
  const reading = meter.read();
  const table = readPriceTable();
  const { date, currency, regions: [region] } = table;
  const { messages = 0 } = reading.usage;
  const prices = { date, region, currency };
  return { since: reading.since, prices, messages, bill: billOf(reading.usage, table), lambda: billOf(throughLambda(reading, table), table) };
}
