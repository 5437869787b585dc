import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PriceTable } from '../engines/cost';

// In the bundle this is the folder bin.
const FILE = [join(__dirname, '..', 'prices', 'prices.json'), join(__dirname, '..', '..', 'prices', 'prices.json')].find(existsSync) ?? '';

/** The prices that come with the package, or those of a file of the same form. */
export function readPriceTable(file: string = FILE): PriceTable {
  const table = JSON.parse(readFileSync(file, 'utf8'));
  check(table);
  return table;
}

function check(table: unknown): void {
  const { date, currency, meters, regions, comparison } = fieldsOf(table, 'the table');
  must(isText(date), 'date is no text');
  must(isText(currency) && /^[A-Z]{3}$/.test(currency), 'currency is no code of three letters, such as USD');
  for (const [meter, row] of Object.entries(fieldsOf(meters, 'meters'))) {
    must(isText(meter) && isText(fieldsOf(row, meter).what), `the meter ${JSON.stringify(meter)} has no text what`);
  }
  must(Object.keys(fieldsOf(regions, 'regions')).length > 0, 'regions names no region');
  for (const [region, prices] of Object.entries(fieldsOf(regions, 'regions'))) {
    must(isText(region), `${JSON.stringify(region)} is no name of a region`);
    for (const [meter, price] of Object.entries(fieldsOf(prices, region))) {
      must(isText(meter) && isAmount(fieldsOf(price, meter).perMillion), `${region} has no number perMillion, of zero or more, for ${JSON.stringify(meter)}`);
    }
  }
  for (const name of ['functionMegabytes', 'functionMilliseconds']) {
    must(isAmount(fieldsOf(fieldsOf(comparison, 'comparison')[name], name).value), `comparison has no number value, of zero or more, for ${name}`);
  }
}

function must(isTrue: boolean, problem: string): void {
  if (!isTrue) {
    throw new SyntaxError(`${problem}. A price table has the form of prices/prices.json of the package.`);
  }
}

function fieldsOf(value: unknown, name: string): Record<string, unknown> {
  must(typeof value === 'object' && value !== null && !Array.isArray(value), `${JSON.stringify(name)} is no object`);
  return value as Record<string, unknown>;
}

/** A text that can be shown on a terminal. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && /^\P{Cc}+$/u.test(value);
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
