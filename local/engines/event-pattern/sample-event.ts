/**
 * The event that TestEventPattern takes.
 */

/** What TestEventPattern refuses as an event; the message is the one of its ValidationException. */
export class InvalidSampleEventError extends Error {
  constructor() {
    super('Parameter Event is not valid.');
    this.name = 'InvalidSampleEventError';
  }
}

/** EventBridge documents `resources` as mandatory, too, but does not ask for it. */
const MANDATORY_FIELDS = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

/** Parses the JSON text of a sample event; throws InvalidSampleEventError unless it has the fields of an event. */
export function parseSampleEvent(text: string): Record<string, unknown> {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    throw new InvalidSampleEventError();
  }
  if (typeof event !== 'object' || event === null || !MANDATORY_FIELDS.every(name => Object.hasOwn(event, name))) {
    throw new InvalidSampleEventError();
  }
  return event as Record<string, unknown>;
}
