import { Cron } from 'croner';
import { ScheduleExpression } from './schedule-expression';

const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

/** `2026-01-02T03:04:05`: once, at that time in the time zone. */
export function parseAt(text: string, timeZone: string, refuse: (reason: string) => Error): ScheduleExpression {
  const time = LOCAL_TIME.test(text) ? timeOf(text, timeZone) : undefined;
  if (time === undefined) {
    throw refuse('a time is written as yyyy-mm-ddThh:mm:ss');
  }
  return { kind: 'at', next: after => time > after ? time : undefined };
}

function timeOf(text: string, timeZone: string): number | undefined {
  // A day that the month does not have would become another one.
  const utc = Date.parse(`${text}Z`);
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, text.length) !== text) {
    return undefined;
  }
  try {
    return new Cron(text, { timezone: timeZone, paused: true }).nextRun(new Date(0))?.getTime();
  } catch {
    return undefined;
  }
}
