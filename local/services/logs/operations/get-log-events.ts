import { identifiedGroup, Input, invalid, optionalInteger, optionalText, streamName } from './input';
import { Page, PAGE_EVENTS, positionText, readPosition } from './page';
import { Permissions } from './permissions';
import { Operation } from '../../../kernel/contracts';
import { EventPosition, LogEvent } from '../groups/log-events';
import { LogGroups } from '../groups/log-groups';

/** Reads one stream in either direction. At an end, the token that leads on is the one that came in. */
export function getLogEvents(groups: LogGroups, permissions: Permissions): Operation<Input> {
  return {
    permissions: input => permissions.on('GetLogEvents', identifiedGroup(input), streamName(input)),
    handle: input => {
      const group = groups.get(identifiedGroup(input));
      const { name } = groups.stream(group, streamName(input));
      const start = optionalInteger(input, 'startTime', 0) ?? 0;
      const end = optionalInteger(input, 'endTime', 0) ?? Number.MAX_SAFE_INTEGER;
      const page = new Page(optionalInteger(input, 'limit', 1, PAGE_EVENTS) ?? PAGE_EVENTS);
      const from = readFrom(optionalText(input, 'nextToken'), input.startFromHead === true, start, end);
      for (const event of from.forward ? group.events.after(from.position) : group.events.before(from.position)) {
        if (from.forward ? event.timestamp >= end : event.timestamp < start) {
          break;
        }
        const isInRange = event.stream === name && event.timestamp >= start && event.timestamp < end;
        if (isInRange && !page.add(event)) {
          break;
        }
      }
      const events = from.forward ? page.events : page.events.reverse();
      return {
        events: events.map(({ timestamp, message, ingestedAt }) => ({ timestamp, message, ingestionTime: ingestedAt })),
        // A page without events leads back to where it was asked from, with the event there.
        nextForwardToken: token('f', events.at(-1) ?? (from.forward ? from.position : neighbour(from.position, -1))),
        nextBackwardToken: token('b', events[0] ?? (from.forward ? neighbour(from.position, 1) : from.position)),
      };
    },
  };
}

interface From {
  readonly forward: boolean;
  readonly position: EventPosition;
}

function readFrom(nextToken: string | undefined, startFromHead: boolean, start: number, end: number): From {
  if (nextToken === undefined) {
    return { forward: startFromHead, position: { timestamp: startFromHead ? start : end, sequence: 0 } };
  }
  const match = /^([fb])\/(\d+)\/s$/.exec(nextToken);
  if (!match) {
    throw invalid('The specified nextToken is invalid.');
  }
  return { forward: match[1] === 'f', position: readPosition(match[2]) };
}

function neighbour({ timestamp, sequence }: EventPosition, step: 1 | -1): EventPosition {
  return { timestamp, sequence: Math.max(0, sequence + step) };
}

function token(direction: 'f' | 'b', position: EventPosition | LogEvent): string {
  return `${direction}/${positionText(position)}/s`;
}
