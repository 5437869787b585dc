import { costText } from '../../../local/cli/cost-text';
import { costReport, MeterReading, PriceTable } from '../../../local/engines/cost';

const PIPELESS = { messages: { perMillion: 1 }, executions: { perMillion: 1 }, functionCalls: { perMillion: 0.2 }, functionGigabyteSeconds: { perMillion: 0 } };
const PRICES: PriceTable = {
  date: '2026-11-27',
  currency: 'USD',
  meters: { messages: { what: 'messages' }, executions: { what: 'workflows' }, pipeRequests: { what: 'pipes' } },
  regions: {
    complete: { ...PIPELESS, pipeRequests: { perMillion: 0.4 } },
    pipeless: PIPELESS,
    bare: { messages: PIPELESS.messages },
  },
  comparison: { functionMegabytes: { value: 256 }, functionMilliseconds: { value: 15 } },
};
const READING: MeterReading = { since: 0, now: 60_000, usage: { messages: 4, executions: 2, pipeRequests: 5 }, requests: 4, reactions: 0 };
const text = (region: string, changes: Partial<PriceTable> = {}) => costText(costReport(READING, { ...PRICES, ...changes }, { region, messagesPerSecond: 10 }));

test('a bill has its lines, its sum, and what the same costs through Lambda', () => {
  expect(text('complete')).toBe(`What AWS would bill for 1970-01-01T00:00:00.000Z to 1970-01-01T00:01:00.000Z, at complete's prices of 2026-11-27:

  4  messages                             $0.000004
  2  workflows                            $0.000002
  5  pipes                                $0.000002

  together                                $0.000008
  the same through Lambda functions      $0.0000068

A million messages like these: $2.00, through Lambda $1.70.
A month of 10 such messages a second: $52.56, through Lambda $44.68.
Without free tiers, discounts, data transfer and storage; workflows took as long as on this machine. docs/costs.md says what is counted.
`);
});

test('what has no price is named, and every sum says that it is without it', () => {
  expect(text('pipeless')).toBe(`What AWS would bill for 1970-01-01T00:00:00.000Z to 1970-01-01T00:01:00.000Z, at pipeless's prices of 2026-11-27:

  4  messages                                                                           $0.000004
  2  workflows                                                                          $0.000002
  5  pipes                                                            price not known in pipeless

  together, without what has no known price                                             $0.000006
  the same through Lambda functions, without what has no known price                   $0.0000048

A million messages like these, without what has no known price: $1.50, through Lambda $1.20.
A month of 10 such messages a second, without what has no known price: $39.42, through Lambda $31.54.
Without free tiers, discounts, data transfer and storage; workflows took as long as on this machine. docs/costs.md says what is counted.
`);
});

test('what cannot be compared is not, and the reason is told', () => {
  const told = text('bare');
  expect(told).toContain('  2  workflows ');
  expect(told).toContain('A million messages like these, without what has no known price: $1.00.\n');
  expect(told).toContain("Not compared with Lambda functions: bare's prices of executions, functionCalls, functionGigabyteSeconds are not known.\n");
  expect(told).not.toContain('through Lambda');
});

test('a bill of which nothing has a price is a bill', () => {
  const told = text('bare', { regions: { bare: {} } });
  expect(told).toMatch(/4 {2}messages +price not known in bare\n/);
  expect(told).toMatch(/together, without what has no known price +\$0\n/);
});

test('another currency has its name', () => {
  expect(text('complete', { currency: 'CNY' })).toContain('A million messages like these: CNY 2.00, through Lambda CNY 1.70.');
});

test('where nothing has happened, that is told', () => {
  expect(costText(costReport({ ...READING, usage: {}, requests: 0 }, PRICES))).toBe('Nothing that AWS bills has happened since 1970-01-01T00:00:00.000Z.\n');
});
