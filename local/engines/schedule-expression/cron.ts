import { Cron } from 'croner';
import { convertField, CronField } from './cron-field';
import { ScheduleExpression } from './schedule-expression';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const FIELDS: readonly CronField[] = [
  { name: 'minutes', minimum: 0, maximum: 59 },
  { name: 'hours', minimum: 0, maximum: 23 },
  { name: 'day of month', minimum: 1, maximum: 31, optional: true, special: dayOfMonth },
  { name: 'month', minimum: 1, maximum: 12, names: MONTHS },
  // AWS counts the days of the week from 1, the evaluator from 0.
  { name: 'day of week', minimum: 1, maximum: 7, names: DAYS, optional: true, offset: -1, special: dayOfWeek },
  { name: 'year', minimum: 1970, maximum: 2199 },
];

/** `0 18 ? * MON-FRI *`: minutes, hours, day of month, month, day of week, year. */
export function parseCron(text: string, timeZone: string, refuse: (reason: string) => Error): ScheduleExpression {
  const texts = text.trim().split(/\s+/);
  if (texts.length !== FIELDS.length) {
    throw refuse(`cron has ${FIELDS.length} fields`);
  }
  const converted = texts.map((each, index) => {
    const field = convertField(each, FIELDS[index]);
    if (field === undefined) {
      throw refuse(`the field for ${FIELDS[index].name} is not valid`);
    }
    return field;
  });
  if ((texts[2] === '?') === (texts[4] === '?')) {
    throw refuse('one of the fields for days has to be ?');
  }
  const cron = createCron(converted, timeZone, refuse);
  return { kind: 'cron', next: after => cron.nextRun(new Date(after))?.getTime() };
}

function createCron(fields: readonly string[], timeZone: string, refuse: (reason: string) => Error): Cron {
  try {
    const cron = new Cron(['0', ...fields].join(' '), { timezone: timeZone, paused: true, domAndDow: true });
    cron.nextRun(new Date(0));
    return cron;
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
}

/** `L`, the last day; `LW`, the last weekday; `15W`, the weekday nearest to a day. */
function dayOfMonth(text: string, valueOf: (text: string) => number | undefined): string | undefined {
  if (text === 'L' || text === 'LW') {
    return text;
  }
  const day = /^(\d{1,2})W$/.exec(text)?.[1];
  return day !== undefined && valueOf(day) !== undefined ? text : undefined;
}

/** `L`, Saturday; `6L`, the last Friday; `FRI#2`, the second. */
function dayOfWeek(text: string, valueOf: (text: string) => number | undefined): string | undefined {
  if (text === 'L') {
    return '6';
  }
  const [, last] = /^(\w+)L$/.exec(text) ?? [];
  const [, day = last, nth] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  const value = day === undefined ? undefined : valueOf(day);
  return value === undefined ? undefined : `${value - 1}#${nth ?? 'L'}`;
}
