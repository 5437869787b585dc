import { readComparison } from './comparison';
import { Predicate, readConditions } from './conjunction';
import { InvalidFilterPatternError } from './invalid-filter-pattern-error';
import { Scanner } from './scanner';

/** Compiles a pattern such as `{ $.status = 500 && $.path != "/health*" }`. */
export function compileJsonPattern(pattern: string): (message: string) => boolean {
  const scanner = new Scanner(pattern);
  scanner.expect('{');
  const holds = readConditions(scanner, () => readCondition(scanner));
  scanner.expect('}');
  if (!scanner.isAtEnd) {
    throw new InvalidFilterPatternError();
  }
  return message => {
    // Most lines that are no JSON show it at once.
    if (!/^\s*[{[]/.test(message)) {
      return false;
    }
    let document: unknown;
    try {
      document = JSON.parse(message);
    } catch {
      return false;
    }
    return holds(document);
  };
}

function readCondition(scanner: Scanner): Predicate<unknown> {
  if (scanner.accept('(')) {
    const holds = readConditions(scanner, () => readCondition(scanner));
    scanner.expect(')');
    return holds;
  }
  const select = readSelector(scanner);
  if (scanner.accept('NOT EXISTS')) {
    return document => select(document) === undefined;
  }
  scanner.skipSpace();
  const literal = scanner.read(/IS\s+(?:TRUE|FALSE|NULL)\b/y)?.replace(/^IS\s+/, '');
  if (literal !== undefined) {
    const expected = JSON.parse(literal.toLowerCase());
    return document => select(document) === expected;
  }
  const holds = readComparison(scanner);
  return document => {
    const value = select(document);
    // Nothing can be said of an object, a list, or what is not there: not even that it is different.
    return ['string', 'number', 'boolean'].includes(typeof value) && holds(String(value), typeof value === 'number' ? value : undefined);
  };
}

/** Reads a selector such as `$.users[0].id`; what it selects is undefined when there is no such value. */
function readSelector(scanner: Scanner): (document: unknown) => unknown {
  scanner.expect('$');
  const steps: Array<string | number> = [];
  for (let step = readStep(scanner); step !== undefined; step = readStep(scanner)) {
    steps.push(step);
  }
  if (steps.length === 0) {
    throw new InvalidFilterPatternError();
  }
  return document => steps.reduce<unknown>(member, document);
}

function readStep(scanner: Scanner): string | number | undefined {
  const property = scanner.read(/\.[\w-]+/y);
  const index = property === undefined ? scanner.read(/\[\d+\]/y) : undefined;
  return property?.slice(1) ?? (index === undefined ? undefined : Number(index.slice(1, -1)));
}

function member(value: unknown, step: string | number): unknown {
  if (typeof step === 'number') {
    return Array.isArray(value) ? value[step] : undefined;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined;
}
