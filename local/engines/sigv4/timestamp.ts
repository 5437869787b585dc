/** The time of a signature: its formats, and whether it is near enough to now. */
import { SignatureError } from './signature-error';

const BASIC_FORMAT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;
const MAXIMUM_EXPIRES_SECONDS = 604_800;

/** Reads the date of a signature: ISO 8601 in its basic format, or what a Date header may hold instead. */
export function readTimestamp(date: string): number {
  const basic = BASIC_FORMAT.exec(date);
  if (basic !== null) {
    const [year, month, day, hours, minutes, seconds] = basic.slice(1).map(Number);
    const time = Date.UTC(year, month - 1, day, hours, minutes, seconds);
    if (formatTimestamp(time) === date) return time;
  }
  if (/^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(date)) {
    const time = Date.parse(date);
    if (!Number.isNaN(time)) return time;
  }
  throw new SignatureError('incompleteSignature', `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`);
}

/** Writes a time in the basic format of ISO 8601. */
export function formatTimestamp(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Refuses a signature that is too old, or made too far in the future. */
export function checkTimestamp(signed: number, now: number, toleranceMinutes: number, expires: string | undefined): void {
  const lifetimeMinutes = expires === undefined ? toleranceMinutes : readExpires(expires) / 60;
  const earliest = now - lifetimeMinutes * 60_000;
  if (signed < earliest) {
    throw new SignatureError('invalidSignature', `Signature expired: ${formatTimestamp(signed)} is now earlier than ${formatTimestamp(earliest)} (${formatTimestamp(now)} - ${lifetimeMinutes} min.)`);
  }
  const latest = now + toleranceMinutes * 60_000;
  if (signed > latest) {
    throw new SignatureError('invalidSignature', `Signature not yet current: ${formatTimestamp(signed)} is still later than ${formatTimestamp(latest)} (${formatTimestamp(now)} + ${toleranceMinutes} min.)`);
  }
}

function readExpires(expires: string): number {
  const seconds = /^\d{1,9}$/.test(expires) ? Number(expires) : NaN;
  if (seconds >= 1 && seconds <= MAXIMUM_EXPIRES_SECONDS) return seconds;
  throw new SignatureError('incompleteSignature', `X-Amz-Expires must be a number of seconds from 1 to ${MAXIMUM_EXPIRES_SECONDS}, got '${expires}'`);
}
