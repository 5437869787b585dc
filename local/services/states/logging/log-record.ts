import { EventDetails, HistoryEvent } from '../../../engines/asl';

/** What a text in a record may take, quoted: a log event holds 256 KB, and the rest is for what stands around it. */
const LONGEST_DATA_BYTES = 248 * 1024;

const DATA = /^(?:input|output|parameters|assignedVariables)(?:Details)?$/;
const TRUNCATED = ['input', 'output', 'parameters'];

/** An event of an execution as Step Functions writes it to CloudWatch Logs. */
export function logRecord(event: HistoryEvent, executionArn: string, includesData: boolean): string {
  return JSON.stringify({
    id: String(event.id),
    type: event.type,
    details: includesData ? truncate(event.details ?? {}) : withoutData(event.details ?? {}),
    previous_event_id: String(event.previousEventId),
    event_timestamp: String(event.timestamp),
    execution_arn: executionArn,
    redrive_count: '0',
  });
}

function withoutData(details: EventDetails): EventDetails {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !DATA.test(name)));
}

function truncate(details: EventDetails): EventDetails {
  const changed: Record<string, unknown> = {};
  for (const name of TRUNCATED) {
    const text = details[name];
    const cut = typeof text === 'string' ? cutQuoted(text) : undefined;
    if (cut !== undefined) {
      changed[name] = cut;
      changed[`${name}Details`] = { truncated: true };
    }
  }
  return { ...details, ...changed };
}

/** The longest beginning of a text that fits; undefined when all of it does. */
function cutQuoted(text: string): string | undefined {
  // No character takes more than six bytes: `\u0000`.
  if (text.length * 6 <= LONGEST_DATA_BYTES || quotedBytes(text) <= LONGEST_DATA_BYTES) {
    return undefined;
  }
  let [fits, tooLong] = [0, text.length];
  while (fits + 1 < tooLong) {
    const middle = (fits + tooLong) >> 1;
    if (quotedBytes(text.slice(0, middle)) <= LONGEST_DATA_BYTES) {
      fits = middle;
    } else {
      tooLong = middle;
    }
  }
  return text.slice(0, fits).replace(/[\ud800-\udbff]$/, '');
}

function quotedBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
