/**
 * The grammar of event patterns: objects lead to fields, a field has a list of values and match expressions, and `$or`
 * holds alternatives.
 */
import { numberValue } from './comparable-number';
import { parseIpAddress } from './ip-address';
import { JsonToken, JsonTokenReader } from './json-token-reader';
import { parseMatchExpression } from './match-expression-parser';
import { FieldCondition, PatternRule } from './pattern-rule';
import { ValueTest } from './value-test';

const OR = '$or';

/** EventBridge refuses a pattern whose `$or` lists multiply to more rules. */
const MAXIMUM_RULES = 1000;

/** The matcher of EventBridge takes no rule with more fields. */
const MAXIMUM_FIELDS = 256;

/** Names that cannot be fields inside `$or`; finding one means that `$or` is not meant as the operator. */
const RESERVED_INSIDE_OR = new Set([
  'exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr',
  '=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case',
  'date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range',
  'ip-address-in-range', 'ip-address-not-in-range',
]);

/** A pattern that is refused although its JSON and its expressions are fine. */
export class PatternTooLargeError extends Error {}

/** How to read the name `$or`: as the operator, or as a field like any other. */
export type OrReading = 'operator' | 'field';

type RuleDraft = Map<string, FieldCondition>;

/** Reads a pattern into its rules; throws JsonReadError, InvalidOperandError or PatternTooLargeError. */
export function parsePattern(text: string, orReading: OrReading): PatternRule[] {
  return new PatternParser(new JsonTokenReader(text), orReading).parse();
}

class PatternParser {
  /** One draft for each combination of the `$or` alternatives read so far. */
  private drafts: RuleDraft[] = [new Map()];
  private readonly path: string[] = [];

  constructor(private readonly reader: JsonTokenReader, private readonly orReading: OrReading) {}

  parse(): PatternRule[] {
    if (this.reader.next() !== '{') {
      throw this.reader.error('Filter is not an object');
    }
    this.parseObject(false);
    return this.drafts.map(draft => [...draft.values()].sort((a, b) => a.path < b.path ? -1 : 1));
  }

  private parseObject(insideOr: boolean): void {
    let isEmpty = true;
    while (this.reader.next() !== '}') {
      isEmpty = false;
      const { name } = this.reader;
      if (name === OR && this.orReading === 'operator') {
        this.parseOr();
        continue;
      }
      if (insideOr && RESERVED_INSIDE_OR.has(name)) {
        throw this.reader.error(`${name} is Ruler reserved fieldName which cannot be used inside ${OR}.`);
      }
      this.path.push(name);
      switch (this.reader.next()) {
        case '{': this.parseObject(insideOr); break;
        case '[': this.addCondition(this.parseCondition()); break;
        default: throw this.reader.error(`"${name}" must be an object or an array`);
      }
      this.path.pop();
    }
    if (isEmpty) {
      throw this.reader.error('Empty objects are not allowed');
    }
  }

  private parseOr(): void {
    if (this.reader.next() !== '[') {
      throw this.reader.error(`It must be an Array followed with ${OR}.`);
    }
    const before = this.drafts;
    const after: RuleDraft[] = [];
    let alternatives = 0;
    for (let token = this.reader.next(); token !== ']'; token = this.reader.next()) {
      if (token !== '{') {
        throw this.reader.error(`Only JSON object is allowed in array of ${OR} relationship.`);
      }
      alternatives++;
      this.drafts = before.map(draft => new Map(draft));
      this.parseObject(true);
      after.push(...this.drafts);
      if (after.length > MAXIMUM_RULES) {
        throw new PatternTooLargeError(`${OR} results in over ${MAXIMUM_RULES} rule combinations`);
      }
    }
    if (alternatives < 2) {
      throw this.reader.error(`There must have at least 2 Objects in ${OR} relationship.`);
    }
    this.drafts = after;
  }

  private parseCondition(): FieldCondition {
    const tests: ValueTest[] = [];
    let acceptsAbsence = false;
    let isEmpty = true;
    for (let token = this.reader.next(); token !== ']'; token = this.reader.next()) {
      isEmpty = false;
      const test = token === '{' ? parseMatchExpression(this.reader) : this.parseExactValue(token);
      if (test === 'absent') {
        acceptsAbsence = true;
      } else {
        tests.push(test);
      }
    }
    if (isEmpty) {
      throw this.reader.error('Empty arrays are not allowed');
    }
    return new FieldCondition(fieldPath(this.path), tests, acceptsAbsence);
  }

  private parseExactValue(token: JsonToken | undefined): ValueTest {
    switch (token) {
      case 'string': {
        const value = this.reader.text();
        // An address equals every way to write it.
        const address = parseIpAddress(value);
        return address === undefined ? { kind: 'equals', value } : { kind: 'ip', range: { low: address, high: address } };
      }
      case 'number': return { kind: 'equals', value: numberValue(this.reader.text()) };
      case 'true': case 'false': return { kind: 'equals', value: token === 'true' };
      case 'null': return { kind: 'equals', value: null };
      default: throw this.reader.error('Match value must be String, number, true, false, or null');
    }
  }

  /** The last condition for a path is the one that counts, in the rules there are now. */
  private addCondition(condition: FieldCondition): void {
    for (const draft of this.drafts) {
      draft.set(condition.path, condition);
      if (draft.size > MAXIMUM_FIELDS) {
        throw new PatternTooLargeError(`Size of rule exceeds max value of ${MAXIMUM_FIELDS}`);
      }
    }
  }
}

/** An empty name at the beginning leaves no dot before the name of the field. */
function fieldPath(names: readonly string[]): string {
  const last = names.length - 1;
  const parent = names.slice(0, last).join('.');
  return parent === '' ? names[last] : `${parent}.${names[last]}`;
}
