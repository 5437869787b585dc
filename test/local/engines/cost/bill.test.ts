import { readFileSync } from 'fs';
import { join } from 'path';
import { billOf, entryBytes, expressGigabyteSeconds, pieces, PriceTable, throughLambda } from '../../../../local/engines/cost';

const PRICES: PriceTable = JSON.parse(readFileSync(join(__dirname, '../../../../prices/prices.json'), 'utf8'));

test.each([[0, 32, 1], [1, 32, 1], [32 * 1024, 32, 1], [32 * 1024 + 1, 32, 2], [128 * 1024, 32, 4], [64 * 1024 + 1, 64, 2]])('%i bytes in pieces of %i KB are %i', (bytes, kilobytes, count) => {
  expect(pieces(bytes, kilobytes)).toBe(count);
});

test.each([[0, 1], [100, 1], [101, 2], [250, 3]])('an execution of %i ms is billed for %i times 100 ms, with 64 MB', (milliseconds, hundreds) => {
  expect(expressGigabyteSeconds(milliseconds)).toBeCloseTo(0.0625 * hundreds * 0.1, 12);
});

test('an entry is as large as its texts, and its time', () => {
  expect(entryBytes({ Source: 'shop', DetailType: 'Sold', Detail: '{"a":"ä"}' })).toBe(4 + 4 + 10);
  expect(entryBytes({ Source: 'shop', DetailType: 'Sold', Detail: '{}', Time: 0, Resources: ['ab', 'c'] })).toBe(4 + 4 + 2 + 3 + 14);
});

test('a bill is made by hand: two messages, three reads', () => {
  const { lines, unpriced, cost } = billOf({ messages: 2, reads: 3, writes: 0 }, PRICES, 'us-east-1');
  expect(lines.map(({ meter, amount, cost: each }) => [meter, amount, each])).toEqual([['messages', 2, 0.000002], ['reads', 3, 0.000000375]]);
  expect(unpriced).toEqual([]);
  expect(cost).toBeCloseTo(0.000002375, 12);
});

test('what has no price in a region is named with its amount, and no part of the sum', () => {
  expect(billOf({ messages: 2, executions: 3, nonsense: 4 }, PRICES, 'eu-west-1')).toEqual({
    lines: [{ meter: 'messages', what: PRICES.meters.messages.what, amount: 2, perMillion: 1.14, cost: 2 * 1.14 / 1e6 }],
    unpriced: [{ meter: 'executions', what: 'Express workflow requests', amount: 3 }, { meter: 'nonsense', what: 'nonsense', amount: 4 }],
    cost: 2 * 1.14 / 1e6,
  });
});

test('through Lambda each request and each reaction is a call, and no workflow runs', () => {
  const usage = throughLambda({ usage: { messages: 4, executions: 3, executionGigabyteSeconds: 1, functionCalls: 1 }, requests: 4, reactions: 1 }, PRICES);
  expect(usage).toEqual({ messages: 4, functionCalls: 6, functionGigabyteSeconds: 5 * 0.25 * 0.015 });
});

test('each price has its source, at AWS, and a day that is not after the table', () => {
  for (const { source } of Object.values(PRICES.meters)) {
    expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/.+\/pricing\//);
  }
  for (const prices of Object.values(PRICES.regions)) {
    expect(Object.keys(PRICES.meters)).toEqual(expect.arrayContaining(Object.keys(prices)));
    for (const { perMillion, asOf = '' } of Object.values(prices)) {
      expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(asOf <= PRICES.date).toBe(true);
      expect(perMillion).toBeGreaterThan(0);
    }
  }
});

test('the first region has every price', () => {
  const [first] = Object.values(PRICES.regions);
  expect(Object.keys(first).sort()).toEqual(Object.keys(PRICES.meters).sort());
});
