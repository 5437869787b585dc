import { Bill, billOf, throughLambda, Traffic } from './bill';
import { PriceTable, regionOf } from './price-table';

export const SECONDS_PER_MONTH = 730 * 3600;

/** What the counters say. */
export interface MeterReading extends Traffic {
  /** When counting began, in milliseconds. */
  readonly since: number;
  readonly now: number;
}

/** What a program reads: stable. */
export interface CostReport {
  readonly since: string;
  readonly until: string;
  readonly prices: { readonly date: string; readonly currency: string; readonly region: string; readonly regions: readonly string[] };
  readonly bill: Bill;
  /** The same traffic through Lambda functions; not there where the comparison lacks a price. */
  readonly lambda?: Bill;
  /** The meters of which one of the two needs more than the other, and whose price is not known. */
  readonly comparisonLacks: readonly string[];
  readonly perMessage?: { readonly messages: number; readonly cost: number; readonly lambda?: number };
  readonly perMonth?: { readonly messagesPerSecond: number; readonly cost: number; readonly lambda?: number };
}

interface Wanted {
  /** The first of the table by default. */
  readonly region?: string;
  readonly messagesPerSecond?: number;
}

/** Prices what was counted: as it was, for each message, and for a month at a rate of messages. */
export function costReport(reading: MeterReading, prices: PriceTable, { region: wanted, messagesPerSecond }: Wanted = {}): CostReport {
  const region = regionOf(prices, wanted);
  const bill = billOf(reading.usage, prices, region);
  const functions = throughLambda(reading, prices);
  const compared = billOf(functions, prices, region);
  // What both need as much of is missing on both sides, and leaves the difference between them true.
  const lacks = [...bill.unpriced, ...compared.unpriced].map(({ meter }) => meter).filter(meter => reading.usage[meter] !== functions[meter]);
  const lambda = lacks.length === 0 ? compared : undefined;
  const messages = reading.usage.messages ?? 0;
  const perMessage = messages > 0 ? { messages, cost: bill.cost / messages, lambda: lambda && lambda.cost / messages } : undefined;
  const monthly = (messagesPerSecond ?? 0) * SECONDS_PER_MONTH;
  return {
    since: new Date(reading.since).toISOString(),
    until: new Date(reading.now).toISOString(),
    prices: { date: prices.date, currency: prices.currency, region, regions: Object.keys(prices.regions) },
    bill,
    lambda,
    comparisonLacks: [...new Set(lacks)],
    perMessage,
    perMonth: perMessage && messagesPerSecond !== undefined
      ? { messagesPerSecond, cost: perMessage.cost * monthly, lambda: perMessage.lambda && perMessage.lambda * monthly }
      : undefined,
  };
}
