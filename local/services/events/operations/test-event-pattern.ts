import { EventPattern, InvalidSampleEventError, parseSampleEvent } from '../../../engines/event-pattern';
import { AwsError } from '../../../kernel/aws-error';
import { Operation } from '../../../kernel/contracts';
import { compilePattern } from '../compile-pattern';
import { violation } from '../errors';

interface TestEventPatternInput {
  readonly EventPattern?: string;
  readonly Event?: string;
}

/** Compiled patterns kept, the longest unused dropped first: one event asks for the same patterns as the event before. */
const KEPT_PATTERNS = 10_000;

/** Says whether a pattern matches an event, and refuses what is no pattern. */
export function testEventPattern(): Operation<TestEventPatternInput> {
  const compiled = new Map<string, EventPattern>();

  const compile = (source: string): EventPattern => {
    let pattern = compiled.get(source);
    if (pattern) {
      compiled.delete(source);
    } else {
      pattern = compilePattern(source);
    }
    compiled.set(source, pattern);
    if (compiled.size > KEPT_PATTERNS) {
      compiled.delete(compiled.keys().next().value!);
    }
    return pattern;
  };

  return {
    permissions: () => [{ action: 'events:TestEventPattern', resource: '*' }],
    handle: input => {
      const pattern = compile(text(input, 'EventPattern'));
      return { Result: pattern.matches(parseEvent(text(input, 'Event'))) };
    },
  };
}

function text(input: TestEventPatternInput, name: 'EventPattern' | 'Event'): string {
  const value = input[name];
  if (typeof value !== 'string') {
    throw violation(null, name.charAt(0).toLowerCase() + name.slice(1), 'not be null');
  }
  return value;
}

function parseEvent(event: string): unknown {
  try {
    return parseSampleEvent(event);
  } catch (error) {
    throw error instanceof InvalidSampleEventError ? new AwsError('ValidationException', error.message) : error;
  }
}
