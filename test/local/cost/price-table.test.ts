import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { readPriceTable } from '../../../local/cost/price-table';
import { billOf, costReport, PriceTable } from '../../../local/engines/cost';

const directory = mkdtempSync(join(tmpdir(), 'prices-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const TABLE = JSON.parse(readFileSync(join(__dirname, '../../../prices/prices.json'), 'utf8'));

function reading(text: string): PriceTable {
  const file = join(directory, 'prices.json');
  writeFileSync(file, text);
  return readPriceTable(file);
}

test('the table of the package is read', () => {
  expect(readPriceTable()).toEqual(TABLE);
  expect(Object.keys(readPriceTable().regions)[0]).toBe('us-east-1');
});

test.each([
  ['null', '"the table" is no object'],
  ['[]', '"the table" is no object'],
  ['7', '"the table" is no object'],
  ['{"date":', 'Unexpected end of JSON input'],
])('%s is refused', (text, why) => {
  expect(() => reading(text)).toThrow(why);
});

test.each<[string, object, string]>([
  ['no date', { date: 20261127 }, 'date is no text'],
  ['a date that writes on the terminal', { date: '2026\u001b[2J' }, 'date is no text'],
  ['no currency', { currency: undefined }, 'currency is no code of three letters, such as USD'],
  ['currencies', { currency: ['USD'] }, 'currency is no code of three letters, such as USD'],
  ['the form of one region', { regions: ['us-east-1'] }, '"regions" is no object'],
  ['no region', { regions: {} }, 'regions names no region'],
  ['a region that writes on the terminal', { regions: { '\u001b[2J': {} } }, '"\\u001b[2J" is no name of a region'],
  ['a region without prices', { regions: { mars: 1 } }, '"mars" is no object'],
  ['a price that is a text', { regions: { mars: { events: { perMillion: '1.00' } } } }, 'mars has no number perMillion, of zero or more, for "events"'],
  ['a price below zero', { regions: { mars: { events: { perMillion: -1 } } } }, 'mars has no number perMillion, of zero or more, for "events"'],
  ['a price that is only a number', { regions: { mars: { events: 1 } } }, '"events" is no object'],
  ['a price of nothing', { regions: { mars: { events: null } } }, '"events" is no object'],
  ['no meters', { meters: undefined }, '"meters" is no object'],
  ['a meter without a text', { meters: { events: { what: 1 } } }, 'the meter "events" has no text what'],
  ['a meter that writes on the terminal', { meters: { events: { what: 'events\r' } } }, 'the meter "events" has no text what'],
  ['no comparison', { comparison: undefined }, '"comparison" is no object'],
  ['a comparison without a number', { comparison: { functionMegabytes: { value: 256 }, functionMilliseconds: { value: '15' } } }, 'comparison has no number value, of zero or more, for functionMilliseconds'],
])('a table with %s is refused, and the reason is told', (_, change, why) => {
  expect(() => reading(JSON.stringify({ ...TABLE, ...change }))).toThrow(`${why}. A price table has the form of prices/prices.json of the package.`);
});

test('a price without end is refused', () => {
  expect(() => reading(JSON.stringify({ ...TABLE, regions: { mars: { events: { perMillion: 0 } } } }).replace('"perMillion":0', '"perMillion":1e999'))).toThrow('mars has no number perMillion');
});

test('names of prototypes are names like others', () => {
  const table = reading(JSON.stringify({ ...TABLE, meters: {}, regions: { ['__proto__']: { constructor: { perMillion: 2 } }, mars: {} } }));
  expect(Object.keys(table.regions)).toEqual(['__proto__', 'mars']);
  expect(billOf({ constructor: 3, toString: 1 } as any, table, '__proto__')).toEqual({
    lines: [{ meter: 'constructor', what: 'constructor', amount: 3, perMillion: 2, cost: 0.000006 }],
    unpriced: [{ meter: 'toString', what: 'toString', amount: 1 }],
    cost: 0.000006,
  });
  expect(costReport({ since: 0, now: 0, usage: { constructor: 1 } as any, requests: 0, reactions: 0 }, table, { region: 'mars' })).toMatchObject({ bill: { cost: 0 }, lambda: { cost: 0 }, comparisonLacks: [] });
});
