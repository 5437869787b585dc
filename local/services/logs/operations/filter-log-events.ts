import { identifiedGroup, Input, invalid, optionalInteger, optionalText, violation } from './input';
import { Page, PAGE_EVENTS, positionText, readPosition } from './page';
import { Permissions } from './permissions';
import { compileLogFilterPattern, InvalidFilterPatternError, LogFilterPattern } from '../../../engines/log-filter-pattern';
import { AwsError } from '../../../kernel/aws-error';
import { Operation } from '../../../kernel/contracts';
import { LogGroup } from '../groups/log-group';
import { LogGroups } from '../groups/log-groups';

const LONGEST_PATTERN = 1024;

/** A page ends after so many characters have been looked at, found or not, so that nobody else waits long. */
const SEARCHED_LENGTH = 4 * 1024 * 1024;

/** Searches a group's streams, their events interleaved by time. */
export function filterLogEvents(groups: LogGroups, permissions: Permissions): Operation<Input> {
  return {
    permissions: input => permissions.on('FilterLogEvents', identifiedGroup(input)),
    handle: input => {
      const group = groups.get(identifiedGroup(input));
      const start = optionalInteger(input, 'startTime', 0) ?? 0;
      const end = optionalInteger(input, 'endTime', 0) ?? Number.MAX_SAFE_INTEGER;
      const page = new Page(optionalInteger(input, 'limit', 1, PAGE_EVENTS) ?? PAGE_EVENTS);
      const isSearched = readStreams(group, input);
      const pattern = compileFilterPattern(optionalText(input, 'filterPattern', /^[^]*$/) ?? '');
      const nextToken = optionalText(input, 'nextToken');
      let position = nextToken === undefined ? { timestamp: start, sequence: 0 } : readPosition(nextToken);
      let searched = 0;
      let isComplete = true;
      for (const event of group.events.after(position)) {
        // Unlike that of GetLogEvents, the range has its end.
        if (event.timestamp > end) {
          break;
        }
        if (searched > SEARCHED_LENGTH || (isSearched(event.stream) && pattern.matches(event.message) && !page.add(event))) {
          isComplete = false;
          break;
        }
        searched += event.message.length;
        position = event;
      }
      return {
        events: page.events.map(event => ({
          logStreamName: event.stream,
          timestamp: event.timestamp,
          message: event.message,
          ingestionTime: event.ingestedAt,
          eventId: positionText(event),
        })),
        searchedLogStreams: [],
        ...(isComplete ? {} : { nextToken: positionText(position) }),
      };
    },
  };
}

/** Compiles a pattern; throws CloudWatch Logs' error for what is none. */
export function compileFilterPattern(pattern: string): LogFilterPattern {
  if (pattern.length > LONGEST_PATTERN) {
    throw violation('filterPattern', pattern, `have length less than or equal to ${LONGEST_PATTERN}`);
  }
  try {
    return compileLogFilterPattern(pattern);
  } catch (error) {
    throw error instanceof InvalidFilterPatternError ? invalid(error.message) : error;
  }
}

/** Whether a stream is searched: all are, unless some are named, or how their names begin. */
function readStreams(group: LogGroup, input: Input): (stream: string) => boolean {
  const names = input.logStreamNames ?? undefined;
  const prefix = optionalText(input, 'logStreamNamePrefix');
  if (names === undefined) {
    return prefix === undefined ? () => true : stream => stream.startsWith(prefix);
  }
  if (prefix !== undefined) {
    throw invalid('LogStreamNamePrefix and LogStreamNames are mutually exclusive.');
  }
  if (!Array.isArray(names) || names.length === 0 || names.length > 100 || !names.every(name => typeof name === 'string')) {
    throw violation('logStreamNames', names, 'be a list of 1 to 100 names');
  }
  if (!names.every(name => group.streams.has(name))) {
    throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  const searched = new Set(names);
  return stream => searched.has(stream);
}
