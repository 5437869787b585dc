import { dereference, Schema, validate } from '@cfworker/json-schema';
import { InvalidJsonSchemaError } from './invalid-json-schema-error';
import { FORMATS, KEYWORDS_OF_NAMED_SCHEMAS, KEYWORDS_OF_SCHEMAS, META_SCHEMA } from './meta-schema';
import { violations } from './violations';

/** Items that have to be unique are compared each with each: thousands of them would hold up everything else for seconds. */
const MAXIMUM_COMPARISONS = 1_000_000;

/** A schema, ready to be held against texts. */
export interface JsonSchema {
  /**
   * What in a JSON text is against the schema; nothing when it is as it should be. Throws a SyntaxError when the text is no JSON, a RangeError when it is
   * nested too deep, a URIError when a name is no Unicode, and another when there are too many items to compare.
   */
  violations(text: string): string[];
}

type Lookup = ReturnType<typeof dereference>;

const META_LOOKUP = dereference(META_SCHEMA);
const KEYWORDS = Object.keys(META_SCHEMA.properties);

/** Compiles the schema at an address; it may refer to others by theirs. Throws an InvalidJsonSchemaError when it is none. */
export function compileJsonSchema(address: string, schemas: ReadonlyMap<string, unknown>): JsonSchema {
  check(schemas.get(address));
  const lookup: Lookup = Object.create(null);
  try {
    schemas.forEach((schema, each) => dereference(prepared(each, schema), lookup));
  } catch (error) {
    throw new InvalidJsonSchemaError((error as Error).message);
  }
  const root = lookup[address] as Schema;
  const all = [...subschemas(root)];
  const lost = all.find(({ $ref, __absolute_ref__: target }) => $ref !== undefined && lookup[target as string] === undefined);
  if (lost) {
    throw new InvalidJsonSchemaError(`the reference ${lost.$ref} leads nowhere`);
  }
  const comparesItems = Object.values(lookup).some(schema => (schema as Schema).uniqueItems === true);
  return {
    violations: text => {
      const instance = parse(text, comparesItems ? MAXIMUM_COMPARISONS : Infinity);
      return violations(instance, validate(instance, root, '4', lookup).errors);
    },
  };
}

function check(schema: unknown): void {
  const { valid, errors } = validate(schema ?? null, META_SCHEMA, '4', META_LOOKUP);
  if (!valid) {
    throw new InvalidJsonSchemaError(violations(schema, errors).join('; '));
  }
  const all = [...subschemas(schema as object)];
  const unsupported = new Set(all.flatMap(each => Object.keys(each)).filter(keyword => !KEYWORDS.includes(keyword)));
  if (unsupported.size > 0) {
    throw new InvalidJsonSchemaError(`draft 4 does not have ${[...unsupported].join(', ')}`, [...unsupported]);
  }
  for (const { pattern, patternProperties = {} } of all) {
    [pattern ?? '', ...Object.keys(patternProperties as object)].forEach(checkPattern);
  }
}

function checkPattern(pattern: unknown): void {
  try {
    new RegExp(pattern as string, 'u');
  } catch (error) {
    throw new InvalidJsonSchemaError(`the local runtime cannot evaluate a pattern: ${(error as Error).message}`);
  }
}

/** A copy under its address, without the formats that nobody looks at. */
function prepared(address: string, schema: unknown): Schema {
  const copy = { ...JSON.parse(JSON.stringify(schema)), id: address };
  for (const each of subschemas(copy)) {
    if (!FORMATS.includes(each.format)) {
      delete each.format;
    }
  }
  return copy;
}

/** A schema and all that it is made of. */
function* subschemas(schema: object): Generator<Record<string, unknown>> {
  yield schema as Record<string, unknown>;
  for (const [keyword, value] of Object.entries(schema)) {
    const children = KEYWORDS_OF_NAMED_SCHEMAS.includes(keyword) ? Object.values(value) : KEYWORDS_OF_SCHEMAS.includes(keyword) ? [value].flat() : [];
    for (const child of children) {
      if (typeof child === 'object' && child !== null && !Array.isArray(child)) {
        yield* subschemas(child);
      }
    }
  }
}

/** Objects get no prototype: a member that is called `constructor` is there only if the text has it. */
function parse(text: string, maximumComparisons: number): unknown {
  const instance: unknown = JSON.parse(text);
  // A stack of its own: a text may be nested deeper than calls can be.
  const pending = [instance];
  let comparisons = 0;
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === 'object' && value !== null) {
      if (!Array.isArray(value)) {
        Object.setPrototypeOf(value, null);
      } else if ((comparisons += value.length ** 2) > maximumComparisons) {
        throw new Error('the local runtime does not check that so many items are unique: more than a thousand in all arrays of a message are too many');
      }
      Object.values(value).forEach(member => pending.push(member));
    }
  }
  return instance;
}
