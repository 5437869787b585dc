import { readFileSync } from 'fs';
import { join } from 'path';
import { readPriceTable } from '../../local/cost/price-table';

test('the page on costs says of each region which prices are not known', () => {
  const page = readFileSync(join(__dirname, '../../docs/costs.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z]+-[a-z]+-\d)` \|(.*)\|$/gm)].map(([, region, lacking]) => [region, [...lacking.matchAll(/`(\w+)`/g)].map(([, meter]) => meter).sort()]);
  const { meters, regions } = readPriceTable();
  expect(rows).toEqual(Object.entries(regions).map(([region, prices]) => [region, Object.keys(meters).filter(meter => !(meter in prices)).sort()]));
});
