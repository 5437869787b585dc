import { MeterReading } from '../cost/meter';
import { Bill, billOf, PriceTable, throughLambda } from '../engines/cost';

const SECONDS_PER_MONTH = 730 * 3600;

/** What a program reads: stable. */
export interface CostReport {
  readonly since: string;
  readonly until: string;
  readonly prices: { readonly date: string; readonly region: string; readonly currency: string };
  readonly bill: Bill;
  /** The same traffic through Lambda functions. */
  readonly lambda: Bill;
  readonly perMessage?: { readonly messages: number; readonly cost: number; readonly lambda: number };
  readonly perMonth?: { readonly messagesPerSecond: number; readonly cost: number; readonly lambda: number };
}

/** Prices what was counted: as it was, for each message, and for a month at a rate of messages. */
export function costReport(reading: MeterReading, prices: PriceTable, region: string, messagesPerSecond?: number): CostReport {
  const bill = billOf(reading.usage, prices);
  const lambda = billOf(throughLambda(reading, prices), prices);
  const messages = reading.usage.messages ?? 0;
  const perMessage = messages > 0 ? { messages, cost: bill.cost / messages, lambda: lambda.cost / messages } : undefined;
  const monthly = (messagesPerSecond ?? 0) * SECONDS_PER_MONTH;
  return {
    since: new Date(reading.since).toISOString(),
    until: new Date(reading.now).toISOString(),
    prices: { date: prices.date, region, currency: prices.currency },
    bill,
    lambda,
    perMessage,
    perMonth: perMessage && messagesPerSecond !== undefined
      ? { messagesPerSecond, cost: perMessage.cost * monthly, lambda: perMessage.lambda * monthly }
      : undefined,
  };
}

/** What a person reads. */
export function costText({ bill, lambda, prices, perMessage, perMonth, since, until }: CostReport): string {
  if (bill.lines.length === 0) {
    return `Nothing that AWS bills has happened since ${since}.\n`;
  }
  const rows = bill.lines.map(({ what, amount, cost }) => [figure(amount), what, dollars(cost)]);
  const [amountWidth, whatWidth] = [0, 1].map(column => Math.max(...rows.map(row => row[column].length)));
  return [
    `What AWS would bill for ${since} to ${until}, at ${prices.region}'s prices of ${prices.date}:`,
    '',
    ...rows.map(([amount, what, cost]) => `  ${amount.padStart(amountWidth)}  ${what.padEnd(whatWidth)}  ${cost.padStart(14)}`),
    '',
    `  ${'together'.padEnd(amountWidth + 2 + whatWidth)}  ${dollars(bill.cost).padStart(14)}`,
    `  ${'the same through Lambda functions'.padEnd(amountWidth + 2 + whatWidth)}  ${dollars(lambda.cost).padStart(14)}`,
    '',
    ...perMessage ? [`A million messages like these: ${dollars(perMessage.cost * 1e6)}, through Lambda ${dollars(perMessage.lambda * 1e6)}.`] : [],
    ...perMonth ? [`A month of ${perMonth.messagesPerSecond} such messages a second: ${dollars(perMonth.cost)}, through Lambda ${dollars(perMonth.lambda)}.`] : [],
    'Without free tiers, discounts, data transfer and storage; workflows took as long as on this machine. docs/costs.md says what is counted.',
    '',
  ].join('\n');
}

function figure(amount: number): string {
  return amount >= 100 || Number.isInteger(amount) ? Math.round(amount).toLocaleString('en-US') : String(Number(amount.toPrecision(3)));
}

function dollars(cost: number): string {
  return `$${cost >= 1 ? cost.toFixed(2) : cost.toFixed(9).replace(/0+$/, '').replace(/\.$/, '')}`;
}
