import { ScheduleExpression } from './schedule-expression';

const RATE = /^([1-9]\d{0,9}) (minute|hour|day)(s?)$/;
const MINUTE = 60_000;
const UNITS: Record<string, number> = { minute: MINUTE, hour: 60 * MINUTE, day: 24 * 60 * MINUTE };

/** `5 minutes`: so often, counted from the start. One minute is singular, as AWS wants it. */
export function parseRate(text: string, refuse: (reason: string) => Error): ScheduleExpression {
  const [, value, unit, plural] = RATE.exec(text) ?? [];
  if (value === undefined || (value === '1') !== (plural === '')) {
    throw refuse('a rate is a whole number above zero and minute(s), hour(s) or day(s)');
  }
  const interval = Number(value) * UNITS[unit];
  return { kind: 'rate', next: (after, start) => start + (Math.max(0, Math.floor((after - start) / interval)) + 1) * interval };
}
