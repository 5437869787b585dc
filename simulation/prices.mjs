// What AWS asks, in us-east-1, in US dollars, and where it says so. A million of something costs `perMillion`.
import { readFileSync } from 'node:fs';

/** The one table, which `lambdaless cost` reads too. */
export const TABLE = JSON.parse(readFileSync(new URL('../prices/prices.json', import.meta.url), 'utf8'));

/** What a day of the system uses. */
const METERS = ['messages', 'connectionMinutes', 'executions', 'executionGigabyteSeconds', 'events', 'writes', 'reads', 'functionCalls', 'functionGigabyteSeconds'];

export const PRICES = Object.fromEntries(METERS.map(meter => [meter, { ...TABLE.meters[meter], ...TABLE.regions['us-east-1'][meter] }]));

/** What a day's use of each meter costs together. */
export function costOf(usage) {
  return Object.entries(usage).reduce((sum, [meter, amount]) => sum + amount / 1e6 * PRICES[meter].perMillion, 0);
}

/** Adds up what several things use. */
export function together(...usages) {
  const sum = {};
  for (const [meter, amount] of usages.flatMap(usage => Object.entries(usage))) {
    sum[meter] = (sum[meter] ?? 0) + amount;
  }
  return sum;
}

/** As often. */
export function times(count, usage) {
  return Object.fromEntries(Object.entries(usage).map(([meter, amount]) => [meter, amount * count]));
}

/** An Express execution of 64 MB, billed by 100 ms. */
export function execution(milliseconds) {
  return { executions: 1, executionGigabyteSeconds: 0.0625 * Math.ceil(milliseconds / 100) / 10 };
}

/** A call of a function, billed by the millisecond. */
export function functionCall(milliseconds, megabytes) {
  return { functionCalls: 1, functionGigabyteSeconds: megabytes / 1024 * milliseconds / 1000 };
}
