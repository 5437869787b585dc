import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PriceTable } from '../engines/cost';

// In the bundle this is the folder bin.
const FILE = [join(__dirname, '..', 'prices', 'prices.json'), join(__dirname, '..', '..', 'prices', 'prices.json')].find(existsSync) ?? '';

/** The prices that come with the package, or those of a file of the same form. */
export function readPriceTable(file: string = FILE): PriceTable {
  const table = JSON.parse(readFileSync(file, 'utf8')) as PriceTable;
  const wrong = Object.entries(Object(table.meters) as PriceTable['meters']).find(([, meter]) => typeof meter?.perMillion !== 'number' || typeof meter.what !== 'string');
  if (wrong || !Array.isArray(table.regions) || typeof table.date !== 'string' || typeof table.comparison?.functionMegabytes?.value !== 'number' || typeof table.comparison.functionMilliseconds?.value !== 'number') {
    throw new SyntaxError(`a price table has a date, regions, meters with what and perMillion, and the comparison, as prices/prices.json of the package has them${wrong ? `; the meter ${wrong[0]} has not` : ''}`);
  }
  return table;
}
