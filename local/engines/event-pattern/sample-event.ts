/**
 * The event that TestEventPattern takes.
 */
import { numberValue } from './comparable-number';

/** What TestEventPattern refuses as an event; the message is the one of its ValidationException. */
export class InvalidSampleEventError extends Error {
  constructor() {
    super('Parameter Event is not valid.');
    this.name = 'InvalidSampleEventError';
  }
}

/** EventBridge documents `resources` as mandatory, too, but does not ask for it. */
export const MANDATORY_FIELDS = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

/** Parses the JSON text of a sample event; throws InvalidSampleEventError unless it has the fields of an event. */
export function parseSampleEvent(text: string): Record<string, unknown> {
  let event: unknown;
  try {
    event = parseExactly(text);
  } catch {
    throw new InvalidSampleEventError();
  }
  if (typeof event !== 'object' || event === null || !MANDATORY_FIELDS.every(name => Object.hasOwn(event, name))) {
    throw new InvalidSampleEventError();
  }
  return event as Record<string, unknown>;
}

/** What JSON.parse makes of the number may be another one. */
const NEEDS_CARE = /\d{16}|[\d.]{17}|\d[eE]/;
const STRING_OR_NUMBER = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Parses JSON with its numbers as patterns compare them. */
function parseExactly(text: string): unknown {
  if (!NEEDS_CARE.test(text)) {
    return JSON.parse(text);
  }
  JSON.parse(text);
  // Texts and numbers pass as texts that begin with what they are.
  const marked = text.replace(STRING_OR_NUMBER, (token: string, string: string | undefined, colon: string | undefined) => {
    if (string === undefined) {
      return `"n${token}"`;
    }
    return colon === undefined ? `"s${string.slice(1)}` : token;
  });
  return JSON.parse(marked, (_, value: unknown) => {
    if (typeof value !== 'string') {
      return value;
    }
    return value.startsWith('n') ? numberValue(value.slice(1)) : value.slice(1);
  });
}
