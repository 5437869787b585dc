import { groupName, Input, invalid, streamName, violation } from './input';
import { Permissions } from './permissions';
import { AwsError } from '../../../kernel/aws-error';
import { Clock, Operation } from '../../../kernel/contracts';
import { LogGroup } from '../groups/log-group';
import { LogGroups } from '../groups/log-groups';

interface InputLogEvent {
  readonly timestamp: number;
  readonly message: string;
}

const HOUR = 60 * 60 * 1000;
const MAXIMUM_EVENTS = 10_000;
const MAXIMUM_BYTES = 1_048_576;
/** What each event counts beside its message. */
const EVENT_BYTES = 26;
const LONGEST_SPAN = 24 * HOUR;
const TOO_OLD = 14 * 24 * HOUR;
const TOO_NEW = 2 * HOUR;

/** Appends events to a stream. Sequence tokens are ignored, as AWS has done since 2023. */
export function putLogEvents(clock: Clock, groups: LogGroups, permissions: Permissions): Operation<Input> {
  return {
    permissions: input => permissions.on('PutLogEvents', groupName(input), streamName(input)),
    handle: input => {
      const group = groups.get(groupName(input));
      const stream = groups.stream(group, streamName(input));
      const events = readEvents(input.logEvents);
      const now = clock.now();
      const { first, last, info } = acceptedRange(group, events, now);
      if (last > first && events[last - 1].timestamp - events[first].timestamp > LONGEST_SPAN) {
        throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
      }
      group.append(stream, events.slice(first, last), now);
      return { nextSequenceToken: sequenceToken(group.events.latestSequence), ...(info && { rejectedLogEventsInfo: info }) };
    },
  };
}

/** AWS's tokens have 56 digits. */
export function sequenceToken(sequence: number): string {
  return `49${String(sequence).padStart(54, '0')}`;
}

function readEvents(value: unknown): InputLogEvent[] {
  if (!Array.isArray(value)) {
    throw value === undefined || value === null ? violation('logEvents', undefined, 'not be null') : new AwsError('SerializationException', 'Expected list or null');
  }
  if (value.length === 0 || value.length > MAXIMUM_EVENTS) {
    throw violation('logEvents', value.length === 0 ? [] : `[${value.length} events]`, value.length === 0
      ? 'have length greater than or equal to 1'
      : `have length less than or equal to ${MAXIMUM_EVENTS}`);
  }
  let bytes = 0;
  value.forEach((event, index) => {
    checkEvent(event, index);
    const size = Buffer.byteLength(event.message) + EVENT_BYTES;
    if (size > MAXIMUM_BYTES) {
      throw invalid(`Log event too large: ${size} bytes exceeds limit of ${MAXIMUM_BYTES}`);
    }
    bytes += size;
    if (index > 0 && event.timestamp < value[index - 1].timestamp) {
      throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
    }
  });
  if (bytes > MAXIMUM_BYTES) {
    throw invalid(`Upload too large: ${bytes} bytes exceeds limit of ${MAXIMUM_BYTES}`);
  }
  return value;
}

function checkEvent(event: unknown, index: number): asserts event is InputLogEvent {
  if (typeof event !== 'object' || event === null) {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
  }
  const { timestamp, message } = event as Partial<InputLogEvent>;
  const member = `logEvents.${index + 1}.member`;
  if (timestamp === undefined || timestamp === null) {
    throw violation(`${member}.timestamp`, undefined, 'not be null');
  }
  if (message === undefined || message === null) {
    throw violation(`${member}.message`, undefined, 'not be null');
  }
  if (typeof timestamp !== 'number' || !Number.isSafeInteger(timestamp) || typeof message !== 'string') {
    throw new AwsError('SerializationException', 'A log event has a timestamp in whole milliseconds, and a message that is a String');
  }
  if (timestamp < 0) {
    throw violation(`${member}.timestamp`, timestamp, 'have value greater than or equal to 0');
  }
  if (message === '') {
    throw violation(`${member}.message`, '', 'have length greater than or equal to 1');
  }
}

/** The events that are neither too old nor too new; since they are in order, what is rejected stands at the ends. */
function acceptedRange(group: LogGroup, events: readonly InputLogEvent[], now: number) {
  const endOf = (oldest: number) => {
    const index = events.findIndex(event => event.timestamp >= oldest);
    return index < 0 ? events.length : index;
  };
  const tooOld = endOf(now - TOO_OLD);
  const expired = endOf(group.oldestKept(now));
  const tooNew = endOf(now + TOO_NEW + 1);
  const info = {
    ...(tooNew < events.length && { tooNewLogEventStartIndex: tooNew }),
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > 0 && { expiredLogEventEndIndex: expired }),
  };
  const first = Math.max(tooOld, expired);
  return { first, last: Math.max(first, tooNew), info: Object.keys(info).length === 0 ? undefined : info };
}
