import { costReport, MeterReading, PriceTable, UnknownRegionError } from '../../../../local/engines/cost';

const MILLIONS = {
  messages: 1,
  reads: 0.125,
  pipeRequests: 0.4,
  executions: 1,
  executionGigabyteSeconds: 16.67,
  functionCalls: 0.2,
  functionGigabyteSeconds: 16.6667,
};
const ALL: PriceTable['regions'][string] = Object.fromEntries(Object.entries(MILLIONS).map(([meter, perMillion]) => [meter, { perMillion }]));
const METERS = Object.keys(ALL);
const allBut = (lacking: string) => Object.fromEntries(Object.entries(ALL).filter(([meter]) => meter !== lacking));

/** After a region that has all prices, one for each meter, which lacks its price. */
const PRICES: PriceTable = {
  date: '2026-11-27',
  currency: 'USD',
  meters: Object.fromEntries(METERS.map(meter => [meter, { what: `what ${meter} is` }])),
  regions: { complete: ALL, ...Object.fromEntries(METERS.map(lacking => [`without-${lacking}`, allBut(lacking)])) },
  comparison: { functionMegabytes: { value: 256 }, functionMilliseconds: { value: 15 } },
};
const USAGE: Readonly<Record<string, number>> = { messages: 4, executions: 2, executionGigabyteSeconds: 0.0125, reads: 2, pipeRequests: 5 };
const READING: MeterReading = { since: 0, now: 60_000, usage: USAGE, requests: 3, reactions: 1 };
const COST = (4 * 1 + 2 * 1 + 0.0125 * 16.67 + 2 * 0.125 + 5 * 0.4) / 1e6;
const LAMBDA = (4 * 1 + 2 * 0.125 + 5 * 0.4 + 4 * 0.2 + 4 * 0.25 * 0.015 * 16.6667) / 1e6;

test('what was counted is priced by hand: as it was, for each message and for a month', () => {
  const report = costReport(READING, PRICES, { messagesPerSecond: 10 });
  expect(report).toMatchObject({ since: '1970-01-01T00:00:00.000Z', until: '1970-01-01T00:01:00.000Z', comparisonLacks: [] });
  expect(report.prices).toEqual({ date: '2026-11-27', currency: 'USD', region: 'complete', regions: Object.keys(PRICES.regions) });
  expect([report.bill.unpriced, report.lambda!.unpriced]).toEqual([[], []]);
  expect(report.bill.cost).toBeCloseTo(COST, 12);
  expect(report.lambda!.cost).toBeCloseTo(LAMBDA, 12);
  expect(report.perMessage).toEqual({ messages: 4, cost: report.bill.cost / 4, lambda: report.lambda!.cost / 4 });
  expect(report.perMonth!.cost).toBeCloseTo(COST / 4 * 10 * 730 * 3600, 6);
  expect(report.perMonth!.lambda).toBeCloseTo(LAMBDA / 4 * 10 * 730 * 3600, 6);
});

test.each(['executions', 'executionGigabyteSeconds', 'functionCalls', 'functionGigabyteSeconds'])('without the price of %s one of the two would look too cheap: they are not compared', lacking => {
  const { lambda, comparisonLacks, perMessage, perMonth, bill } = costReport(READING, PRICES, { region: `without-${lacking}`, messagesPerSecond: 10 });
  expect([lambda, perMessage!.lambda, perMonth!.lambda]).toEqual([undefined, undefined, undefined]);
  expect(comparisonLacks).toEqual([lacking]);
  expect(bill.cost).toBeCloseTo(COST - (USAGE[lacking] ?? 0) * ALL[lacking].perMillion / 1e6, 12);
  expect(bill.unpriced).toEqual(lacking in USAGE ? [{ meter: lacking, what: `what ${lacking} is`, amount: USAGE[lacking] }] : []);
});

test.each(['messages', 'reads', 'pipeRequests'])('without the price of %s both are the same too cheap, and the difference stays', lacking => {
  const { bill, lambda, comparisonLacks } = costReport(READING, PRICES, { region: `without-${lacking}` });
  expect(comparisonLacks).toEqual([]);
  expect(bill.unpriced).toEqual([{ meter: lacking, what: `what ${lacking} is`, amount: USAGE[lacking] }]);
  expect(lambda!.unpriced).toEqual(bill.unpriced);
  expect(lambda!.cost - bill.cost).toBeCloseTo(LAMBDA - COST, 12);
});

test('functions that the app has itself are on both sides; where nothing else is called, so is their unknown price', () => {
  const usage = { functionCalls: 3, functionGigabyteSeconds: 0.5 };
  expect(costReport({ ...READING, usage, requests: 0, reactions: 0 }, PRICES, { region: 'without-functionCalls' })).toMatchObject({ comparisonLacks: [], lambda: { unpriced: [{ meter: 'functionCalls', amount: 3 }] } });
  expect(costReport({ ...READING, usage, requests: 1, reactions: 0 }, PRICES, { region: 'without-functionCalls' }).comparisonLacks).toEqual(['functionCalls']);
});

test('where nothing has happened there is no bill, and no division by nothing', () => {
  const report = costReport({ ...READING, usage: {}, requests: 0, reactions: 0 }, PRICES, { region: 'without-executions', messagesPerSecond: 10 });
  expect(report).toMatchObject({ bill: { lines: [], unpriced: [], cost: 0 }, lambda: { cost: 0 }, comparisonLacks: [] });
  expect([report.perMessage, report.perMonth]).toEqual([undefined, undefined]);
});

test.each(['nowhere', '', '__proto__', 'constructor'])('the region %j is none', region => {
  expect(() => costReport(READING, PRICES, { region })).toThrow(new UnknownRegionError(`The price table of 2026-11-27 has no prices of ${region}, only of ${Object.keys(PRICES.regions).join(', ')}.`));
});
