import { parseScheduleExpression } from '../../../../local/engines/schedule-expression';

const START = Date.UTC(2026, 0, 2, 3, 4, 5); // a Friday

function runs(expression: string, count: number = 3, timeZone?: string, after = START): string[] {
  const schedule = parseScheduleExpression(expression, timeZone);
  const times: string[] = [];
  for (let time: number | undefined = after; times.length < count;) {
    time = schedule.next(time, START);
    if (time === undefined) {
      break;
    }
    times.push(new Date(time).toISOString().slice(0, 16));
  }
  return times;
}

test.each([
  ['cron(0 10 * * ? *)', ['2026-01-02T10:00', '2026-01-03T10:00', '2026-01-04T10:00']],
  ['cron(0/15 * * * ? *)', ['2026-01-02T03:15', '2026-01-02T03:30', '2026-01-02T03:45']],
  ['cron(5,35 14 * * ? *)', ['2026-01-02T14:05', '2026-01-02T14:35', '2026-01-03T14:05']],
  ['cron(0 18 ? * MON-FRI *)', ['2026-01-02T18:00', '2026-01-05T18:00', '2026-01-06T18:00']],
  ['cron(0 8 1 * ? *)', ['2026-02-01T08:00', '2026-03-01T08:00', '2026-04-01T08:00']],
  ['cron(0/30 20-2 ? * FRI-MON *)', ['2026-01-02T20:00', '2026-01-02T20:30', '2026-01-02T21:00']],
  ['cron(0 2 ? * SAT#3 *)', ['2026-01-17T02:00', '2026-02-21T02:00', '2026-03-21T02:00']],
  ['cron(15 10 ? * 6L *)', ['2026-01-30T10:15', '2026-02-27T10:15', '2026-03-27T10:15']],
  ['cron(0 0 L * ? *)', ['2026-01-31T00:00', '2026-02-28T00:00', '2026-03-31T00:00']],
  ['cron(0 0 LW * ? *)', ['2026-01-30T00:00', '2026-02-27T00:00', '2026-03-31T00:00']],
  ['cron(0 0 3W * ? *)', ['2026-02-03T00:00', '2026-03-03T00:00', '2026-04-03T00:00']],
  ['cron(0 0 ? * L *)', ['2026-01-03T00:00', '2026-01-10T00:00', '2026-01-17T00:00']],
  ['cron(0 0 1 JAN ? 2027-2028)', ['2027-01-01T00:00', '2028-01-01T00:00']],
  ['cron(15 10 ? * 6L 2002-2005)', []],
  ['cron(0 0 29 2 ? *)', ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00']],
  ['rate(1 minute)', ['2026-01-02T03:05', '2026-01-02T03:06', '2026-01-02T03:07']],
  ['rate(7 days)', ['2026-01-09T03:04', '2026-01-16T03:04', '2026-01-23T03:04']],
  ['at(2026-06-01T12:00:00)', ['2026-06-01T12:00']],
  ['at(2020-06-01T12:00:00)', []],
])('%s', (expression, expected) => {
  expect(runs(expression)).toEqual(expected);
});

test('a rate goes on from the start, whenever one asks', () => {
  expect(runs('rate(5 minutes)', 1, undefined, START + 12 * 60_000)).toEqual(['2026-01-02T03:19']);
});

test('cron and at are in the time zone, summer or winter', () => {
  expect(runs('cron(0 9 15 1,7 ? 2026)', 2, 'Europe/Berlin')).toEqual(['2026-01-15T08:00', '2026-07-15T07:00']);
  expect(runs('at(2026-07-01T09:00:00)', 1, 'America/New_York')).toEqual(['2026-07-01T13:00']);
});

test.each([
  // As AWS refused them.
  'cron(0 1 * * * *)', 'cron(7 20 * * NOT *)', 'cron(INVALID)', 'cron(0 dummy ? * MON-FRI *)', 'cron(71 8 1 * ? *)',
  'cron(0 1 ? * ? *)', 'cron(0 1 * * ?)', 'cron(? 1 * * ? *)', 'cron(0 24 * * ? *)', 'cron(0 0 32 * ? *)', 'cron(0 0 ? 13 MON *)', 'cron(0 0 ? * 0 *)', 'cron(0 0 ? * 8 *)',
  'cron(0 0 ? * MON#6 *)', 'cron(0 0 * * ? 1969)', 'cron(0/0 0 * * ? *)', 'cron(0/1/2 0 * * ? *)', 'cron(, 0 * * ? *)', 'cron(0 0 40W * ? *)', 'cron()',
  'rate(0 minutes)', 'rate(1 minutes)', 'rate(2 minute)', 'rate(-1 minutes)', 'rate(1.5 hours)', 'rate(5 seconds)', 'rate( 5 minutes)', 'rate(5  minutes)', 'rate()',
  'at(2026-02-30T00:00:00)', 'at(2026-06-01)', 'at(2026-06-01T12:00:00Z)', 'every day', '', 'cron(0 10 * * ? *) ',
])('refuses "%s"', expression => {
  expect(() => parseScheduleExpression(expression)).toThrow(/is no schedule expression/);
});

test('refuses a time zone that is none', () => {
  expect(() => parseScheduleExpression('cron(0 10 * * ? *)', 'Mars/Olympus')).toThrow(/is no schedule expression/);
});
