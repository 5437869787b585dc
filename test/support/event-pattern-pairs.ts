/** Random event patterns with events that stand a chance of matching them, as JSON texts. */
import fc from 'fast-check';

export interface EventPatternPair {
  readonly pattern: string;
  readonly event: string;
}

const NAMES = ['a', 'b', 'c', 'a.b', '', '1', '__proto__', 'constructor', 'é', '/', ':'];
const TEXTS = ['', 'a', 'A', 'ab', 'aB', 'abab', 'b', 'ß', 'SS', 'É', 'é', 'Σς', '日本', '\u{1f600}', 'a*b', 'a\\b', '"', '\n', '?', '.', '$', '__proto__', '1', '1.0', 'null', '10.0.0.5', '010.0.0.33', '10.0.0.256', '2001:db8::1', '2001:DB8:0::01', '::ffff:a00:5'];
const NUMBERS = ['0', '-0', '1', '1.0', '1.5', '-1', '1e2', '100', '300', '3.0e2', '0.1', '1E-3', '1e10', '10000000000', '12345678', '5000000001', '123456789012345'];
/** No double holds the first three. */
const LONG_NUMBERS = ['9007199254740993', '0.1000000000000000055', '1e400', '9007199254740992', '123456789012345678'];
const BLOCKS = ['10.0.0.0/24', '10.0.0.4/30', '10.0.0.0/8', '0.0.0.0/0', '10.1.2.3/13', '2001:db8::/32', '2001:db8::/33', '::/0'];
const WILDCARDS = ['*', 'a*', '*b', 'a*b', '*a*b*', 'ab', '', '日*', '*\\**', 'a\\\\*', '*.*.*.5'];

const name = fc.constantFrom(...NAMES);
const text = fc.constantFrom(...TEXTS).map(value => JSON.stringify(value));
const number = fc.constantFrom(...NUMBERS);
const scalar = fc.oneof({ weight: 40, arbitrary: text }, { weight: 30, arbitrary: number }, fc.constantFrom(...LONG_NUMBERS), { weight: 10, arbitrary: fc.constantFrom('null', 'true', 'false') });

const expression = fc.oneof(
  { weight: 6, arbitrary: scalar },
  operator(['prefix', 'suffix', 'equals-ignore-case', 'exactly'], text),
  operator(['prefix', 'suffix'], operator(['equals-ignore-case'], text)),
  operator(['wildcard'], wildcards()),
  operator(['exists'], fc.constantFrom('true', 'false')),
  operator(['cidr'], fc.constantFrom(...BLOCKS.map(block => JSON.stringify(block)))),
  operator(['numeric'], fc.oneof(
    fc.tuple(fc.constantFrom('<', '<=', '=', '>', '>='), number).map(([comparison, bound]) => `["${comparison}",${bound}]`),
    fc.tuple(fc.constantFrom('>', '>='), fc.constantFrom('-10', '0', '1'), fc.constantFrom('<', '<='), fc.constantFrom('1.5', '300', '1e10'))
      .map(([from, low, to, high]) => `["${from}",${low},"${to}",${high}]`),
  )),
  operator(['anything-but'], fc.oneof(text, number, list(text), list(number))),
  operator(['anything-but'], operator(['prefix', 'suffix', 'equals-ignore-case'], fc.oneof(text, list(text)))),
  operator(['anything-but'], operator(['wildcard'], fc.oneof(wildcards(), list(wildcards())))),
);

const { fields } = fc.letrec<{ fields: string[]; object: string }>(tie => ({
  fields: members(fc.oneof({ depthSize: 'small', maxDepth: 3 }, { weight: 4, arbitrary: list(expression) }, tie('object')), 1),
  object: tie('fields').map(object),
}));
const inner = fc.oneof({ weight: 6, arbitrary: fields.map(object) }, withAlternatives(fields.map(object)));
const pattern = fc.oneof({ weight: 6, arbitrary: fields.map(object) }, withAlternatives(inner), fc.tuple(name, withAlternatives(inner)).map(([key, value]) => `{${JSON.stringify(key)}:${value}}`));

const { event } = fc.letrec<{ event: string; value: string }>(tie => ({
  value: fc.oneof({ depthSize: 'small', maxDepth: 5 }, { weight: 3, arbitrary: scalar }, fc.array(tie('value'), { maxLength: 4 }).map(items => `[${items.join()}]`), tie('event')),
  event: members(tie('value'), 0).map(object),
}));

/** Half of the events are made for their patterns; some of the patterns are not valid. */
export const eventPatternPairs: fc.Arbitrary<EventPatternPair> = fc.oneof(
  fc.record({ pattern, event }),
  fc.tuple(pattern, fc.array(fc.nat(999), { minLength: 40, maxLength: 40 })).map(([chosen, numbers]) => {
    let position = 0;
    return { pattern: chosen, event: JSON.stringify(eventFor(JSON.parse(chosen), choices => choices[numbers[position++ % numbers.length] % choices.length])) };
  }),
);

function operator(names: readonly string[], operand: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...names), operand).map(([chosen, value]) => `{"${chosen}":${value}}`);
}

function withAlternatives(alternative: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(fields, fc.array(alternative, { minLength: 2, maxLength: 3 }), fc.boolean())
    .map(([around, alternatives, isLast]) => object(isLast ? [...around, `"$or":[${alternatives.join()}]`] : [`"$or":[${alternatives.join()}]`, ...around]));
}

function wildcards(): fc.Arbitrary<string> {
  return fc.constantFrom(...WILDCARDS.map(value => JSON.stringify(value)));
}

function list(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(item, { minLength: 1, maxLength: 3 }).map(items => `[${items.join()}]`);
}

function members(value: fc.Arbitrary<string>, minLength: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.tuple(name, value), { minLength, maxLength: 3, selector: ([key]) => key }).map(pairs => pairs.map(([key, item]) => `${JSON.stringify(key)}:${item}`));
}

function object(texts: readonly string[]): string {
  return `{${texts.join()}}`;
}

type Choose = <T>(choices: readonly T[]) => T;

function eventFor(names: Record<string, any>, choose: Choose): Record<string, unknown> {
  const made = new Map<string, unknown>();
  for (const [key, value] of Object.entries(names)) {
    if (key === '$or') {
      Object.entries(eventFor(choose(value as any[]), choose)).forEach(([field, item]) => made.set(field, item));
    } else if (Array.isArray(value)) {
      const item = valueFor(choose(value), choose);
      if (item !== undefined) {
        made.set(key, choose([item, item, [item, choose(TEXTS)], []]));
      }
    } else {
      const below = eventFor(value, choose);
      made.set(key, choose([below, below, [below, {}], [eventFor(value, choose), below], [[below]]]));
    }
  }
  return Object.fromEntries(made);
}

function valueFor(test: any, choose: Choose): unknown {
  if (test === null || typeof test !== 'object') return test;
  const [[kind, operand]] = Object.entries<any>(test);
  const other = choose(TEXTS);
  const inOtherCase = (value: string) => choose([value.toUpperCase(), value.toLowerCase(), value]);
  switch (kind) {
    case 'prefix': return typeof operand === 'string' ? operand + other : inOtherCase(operand['equals-ignore-case']) + other;
    case 'suffix': return typeof operand === 'string' ? other + operand : other + inOtherCase(operand['equals-ignore-case']);
    case 'equals-ignore-case': return inOtherCase(operand);
    case 'wildcard': return operand.replace(/\\(.)|\*/g, (_: string, escaped?: string) => escaped ?? choose(TEXTS));
    case 'exists': return operand ? other : undefined;
    case 'numeric': return choose([operand[1], operand[1] + 0.5, operand[3] ?? 0]);
    case 'cidr': return choose(TEXTS.filter(value => /[.:]/.test(value)));
    case 'anything-but': return choose([other, 1, null, operand].flat().filter(value => typeof value !== 'object' || value === null));
    default: return operand;
  }
}
