/** Dates as policies write them: ISO 8601, complete or cut short, or seconds since 1970. */

const ISO_DATE = /^(-?\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T(?:(\d{1,2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?$/;
const MAXIMUM_SECONDS = 9_223_372_036_854_775_807n;

/** The milliseconds since 1970 that a text stands for; undefined when it is no date. */
export function parseDate(text: string): number | undefined {
  const value = text.trim().toUpperCase();
  // Digits alone are seconds, not a year.
  if (/^\d{1,19}$/.test(value)) return BigInt(value) <= MAXIMUM_SECONDS ? Number(value) * 1000 : undefined;
  const match = ISO_DATE.exec(value);
  if (match === null) return undefined;
  const [, year, month = '1', day = '1', hours = '0', minutes = '0', seconds = '0', fraction = '0', zone = 'Z'] = match;
  const inRange = between(month, 1, 12) && between(day, 1, 31) && between(hours, 0, 23) && between(minutes, 0, 59) && between(seconds, 0, 59);
  const offset = zoneOffset(zone);
  if (!inRange || offset === undefined) return undefined;
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hours), Number(minutes), Number(seconds), Math.floor(Number(`0.${fraction}`) * 1000));
  return date.getTime() - offset;
}

function between(digits: string, minimum: number, maximum: number): boolean {
  return Number(digits) >= minimum && Number(digits) <= maximum;
}

function zoneOffset(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const hours = zone.slice(1, 3);
  const minutes = zone.slice(3).replace(':', '') || '0';
  if (!between(hours, 0, 23) || !between(minutes, 0, 59)) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
