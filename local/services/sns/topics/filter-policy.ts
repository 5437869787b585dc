import { compileEventPattern, EventPattern, InvalidEventPatternError } from '../../../engines/event-pattern';
import { Message, MessageAttribute, textFor } from '../messages/message';

export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

const MAXIMUM_KEYS = 5;
const MAXIMUM_COMBINATIONS = 150;
/** What event patterns have beyond the language of filter policies. */
const UNKNOWN_OPERATOR = 'wildcard';

/** Why a filter policy is refused, in SNS's words. */
export class InvalidFilterPolicyError extends Error {}

/** Which messages a subscriber gets. The language is that of event patterns, held against a message's attributes or its body. */
export class FilterPolicy {
  private readonly pattern: EventPattern;

  constructor(text: string, private readonly scope: FilterPolicyScope) {
    const policy = parse(text);
    // First of all, since it refuses what is nested too deeply to be measured.
    this.pattern = compile(text);
    const measured = measure(policy, scope === 'MessageBody');
    if (measured.keys > MAXIMUM_KEYS) {
      throw new InvalidFilterPolicyError(`FilterPolicy: Filter policy can not have more than ${MAXIMUM_KEYS} keys`);
    }
    if (measured.combinations > MAXIMUM_COMBINATIONS) {
      throw new InvalidFilterPolicyError('FilterPolicy: Filter policy is too complex');
    }
  }

  matches(message: Message, protocol: string): boolean {
    return this.pattern.matches(this.scope === 'MessageBody' ? parseBody(textFor(message, protocol)) : fieldsOf(message));
  }
}

function parse(text: string): Record<string, unknown> {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch (error) {
    throw new InvalidFilterPolicyError(`FilterPolicy: failed to parse JSON. ${error instanceof Error ? error.message : error}`);
  }
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) {
    throw new InvalidFilterPolicyError('FilterPolicy: Filter is not an object');
  }
  return policy as Record<string, unknown>;
}

/** The keys that hold values, and in how many ways these combine. */
function measure(policy: Record<string, unknown>, nested: boolean): { keys: number; combinations: number } {
  let keys = 0;
  let combinations = 1;
  for (const [name, value] of Object.entries(policy)) {
    if (name === '$or' && Array.isArray(value)) {
      const alternatives = value.map(each => measure(Object(each), nested));
      keys += alternatives.reduce((sum, each) => sum + each.keys, 0);
      combinations *= Math.max(1, alternatives.reduce((sum, each) => sum + each.combinations, 0));
    } else if (Array.isArray(value)) {
      value.forEach(checkOperators);
      keys += 1;
      combinations *= Math.max(1, value.length);
    } else if (typeof value === 'object' && value !== null) {
      if (!nested) {
        throw new InvalidFilterPolicyError('Filter policy scope MessageAttributes does not support nested filter policy');
      }
      const inner = measure(value as Record<string, unknown>, nested);
      keys += inner.keys;
      combinations *= inner.combinations;
    }
  }
  return { keys, combinations };
}

function checkOperators(value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if (Object.hasOwn(value, UNKNOWN_OPERATOR)) {
    throw new InvalidFilterPolicyError(`FilterPolicy: Unrecognized match type ${UNKNOWN_OPERATOR}`);
  }
  const excluded: unknown = (value as Record<string, unknown>)['anything-but'];
  const operator = typeof excluded === 'object' && excluded !== null && !Array.isArray(excluded) ? Object.keys(excluded).find(name => name !== 'prefix') : undefined;
  if (operator !== undefined) {
    throw new InvalidFilterPolicyError(`FilterPolicy: Unsupported anything-but pattern: ${operator}`);
  }
}

function compile(text: string): EventPattern {
  try {
    return compileEventPattern(text);
  } catch (error) {
    throw error instanceof InvalidEventPatternError ? new InvalidFilterPolicyError(`FilterPolicy: ${error.message.replace(/^Event pattern is not valid\. Reason: /, '')}`) : error;
  }
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Attributes as fields: numbers are numbers, arrays are their values, and bytes cannot be asked for. */
function fieldsOf({ attributes }: Message): object {
  return Object.fromEntries(Object.entries(attributes).flatMap(([name, attribute]) => {
    const value = fieldOf(attribute);
    return value === undefined ? [] : [[name, value]];
  }));
}

function fieldOf({ DataType: type, StringValue: text }: MessageAttribute): unknown {
  if (type.startsWith('Number')) {
    return Number(text);
  }
  if (type.startsWith('String.Array')) {
    const values = parseBody(text!);
    return Array.isArray(values) ? values : undefined;
  }
  return text;
}
