/**
 * Why a pattern does or does not match an event, field by field. Each field is decided by the matcher itself, from a pattern of this field alone.
 */
import { compileEventPattern } from './event-pattern';

/** What became of one alternative of a field. */
export interface TestExplanation {
  /** As the pattern has it. */
  readonly test: unknown;
  /** In words. */
  readonly means: string;
  readonly matched: boolean;
}

/** What became of one field of the pattern. */
export interface FieldExplanation {
  /** The names on the way to it, joined with dots. */
  readonly path: string;
  readonly matched: boolean;
  /** What the event has there, several where arrays are on the way; nothing where the field is absent. */
  readonly values: readonly unknown[];
  readonly tests: readonly TestExplanation[];
  readonly why: string;
}

/** Why a pattern does or does not match. */
export interface PatternExplanation {
  readonly matched: boolean;
  readonly fields: readonly FieldExplanation[];
  /** Each `$or` of the pattern: one of its branches has to match. */
  readonly choices: ReadonlyArray<{ readonly path: string; readonly matched: boolean; readonly branches: readonly PatternExplanation[] }>;
  /** What the fields alone do not tell. */
  readonly note?: string;
}

type Json = Readonly<Record<string, unknown>>;

const IN_DIFFERENT_ELEMENTS = 'Every field matches by itself, but not within the same elements of the event\'s arrays.';

/** Explains the verdict on an event, as parsed from JSON; throws InvalidEventPatternError where the pattern is none. */
export function explainEventPattern(pattern: string, event: unknown): PatternExplanation {
  return explain(JSON.parse(checked(pattern)) as Json, event, []);
}

function checked(pattern: string): string {
  compileEventPattern(pattern);
  return pattern;
}

function explain(pattern: Json, event: unknown, path: readonly string[]): PatternExplanation {
  const fields: FieldExplanation[] = [];
  const choices: Array<PatternExplanation['choices'][number]> = [];
  const visit = (node: Json, names: readonly string[]): void => {
    for (const [name, value] of Object.entries(node)) {
      if (isChoice(name, value)) {
        const branches = value.map(branch => explain(branch, event, names));
        choices.push({ path: names.join('.'), matched: branches.some(({ matched }) => matched), branches });
      } else if (Array.isArray(value)) {
        fields.push(explainField([...names, name], value, event));
      } else {
        visit(value as Json, [...names, name]);
      }
    }
  };
  visit(pattern, path);
  const matched = matches(nested(path, pattern), event);
  const separately = fields.every(field => field.matched) && choices.every(choice => choice.matched);
  return { matched, fields, choices, ...!matched && separately ? { note: IN_DIFFERENT_ELEMENTS } : {} };
}

function isChoice(name: string, value: unknown): value is Json[] {
  return name === '$or' && Array.isArray(value) && value.length > 1 && value.every(branch => typeof branch === 'object' && branch !== null && !Array.isArray(branch));
}

function explainField(names: readonly string[], alternatives: readonly unknown[], event: unknown): FieldExplanation {
  const path = names.join('.');
  const values = valuesAt(event, path);
  const tests = alternatives.map(test => ({ test, means: meaningOf(test), matched: matches(nested(names, [test]), event) }));
  const matched = matches(nested(names, alternatives), event);
  const has = values.length === 0 ? 'is absent' : values.length === 1 ? `is ${text(values[0])}` : `has the values ${values.map(text).join(', ')}`;
  const means = (matched ? tests.filter(test => test.matched) : tests).map(test => test.means).join(', or ');
  return { path, matched, values, tests, why: `${path} ${has}; ${matched ? 'that matches' : 'the pattern asks for'} ${means}` };
}

/** A pattern, below the names on the way to it. */
function nested(names: readonly string[], pattern: unknown): unknown {
  return names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), pattern);
}

function matches(pattern: unknown, event: unknown): boolean {
  return compileEventPattern(JSON.stringify(pattern)).matches(event);
}

/** What an event has at a path: a dot in one of its names counts as a step, and every element of an array is looked into. */
function valuesAt(value: unknown, path: string): unknown[] {
  if (path === '') {
    return Array.isArray(value) ? value.flatMap(element => valuesAt(element, path)) : [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap(element => valuesAt(element, path));
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) =>
    name === path ? valuesAt(member, '') : path.startsWith(`${name}.`) ? valuesAt(member, path.slice(name.length + 1)) : []);
}

const WORDS: Readonly<Record<string, string>> = {
  'prefix': 'a text that begins with',
  'suffix': 'a text that ends with',
  'equals-ignore-case': 'in any case of its letters',
  'wildcard': 'a text like',
  'cidr': 'an address in',
};

function meaningOf(test: unknown): string {
  if (typeof test !== 'object' || test === null) {
    return text(test);
  }
  const [operator, operand] = Object.entries(test)[0] ?? [];
  switch (operator) {
    case 'exists': return operand === true ? 'its presence' : 'its absence';
    case 'anything-but': return `anything but ${Array.isArray(operand) ? operand.map(meaningOf).join(', ') : meaningOf(operand)}`;
    case 'numeric': return `a number ${(operand as unknown[]).map(part => typeof part === 'string' ? part : text(part)).join(' ')}`;
    case undefined: return text(test);
    default: return `${WORDS[operator] ?? operator} ${Array.isArray(operand) ? operand.map(meaningOf).join(' or ') : meaningOf(operand)}`;
  }
}

function text(value: unknown): string {
  // Numbers too large for others are read as such.
  const json = typeof value === 'bigint' ? String(value) : JSON.stringify(value) ?? 'undefined';
  return json.length > 200 ? `${json.slice(0, 200)}…` : json;
}
