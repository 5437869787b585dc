/**
 * The keywords of draft 4, and what each may hold.
 *
 * @see https://json-schema.org/draft-04/schema
 */

import { Schema } from '@cfworker/json-schema';

const TEXT: Schema = { type: 'string' };
const FLAG: Schema = { type: 'boolean' };
const NUMBER: Schema = { type: 'number' };
const COUNT: Schema = { type: 'integer', minimum: 0 };
const SCHEMA: Schema = { $ref: '#' };
const SCHEMAS: Schema = { type: 'array', minItems: 1, items: SCHEMA };
const SCHEMAS_BY_NAME: Schema = { type: 'object', additionalProperties: SCHEMA };
const NAMES: Schema = { type: 'array', minItems: 1, uniqueItems: true, items: TEXT };
const TYPE: Schema = { enum: ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] };
const FLAG_OR_SCHEMA: Schema = { anyOf: [FLAG, SCHEMA] };

/** The schema of schemas. */
export const META_SCHEMA: Schema & { readonly properties: object } = {
  type: 'object',
  properties: {
    $ref: TEXT,
    $schema: TEXT,
    additionalItems: FLAG_OR_SCHEMA,
    additionalProperties: FLAG_OR_SCHEMA,
    allOf: SCHEMAS,
    anyOf: SCHEMAS,
    default: {},
    definitions: SCHEMAS_BY_NAME,
    dependencies: { type: 'object', additionalProperties: { anyOf: [SCHEMA, NAMES] } },
    description: TEXT,
    enum: { type: 'array', minItems: 1, uniqueItems: true },
    exclusiveMaximum: FLAG,
    exclusiveMinimum: FLAG,
    format: TEXT,
    id: TEXT,
    items: { anyOf: [SCHEMA, SCHEMAS] },
    maximum: NUMBER,
    maxItems: COUNT,
    maxLength: COUNT,
    maxProperties: COUNT,
    minimum: NUMBER,
    minItems: COUNT,
    minLength: COUNT,
    minProperties: COUNT,
    multipleOf: { type: 'number', minimum: 0, exclusiveMinimum: true },
    not: SCHEMA,
    oneOf: SCHEMAS,
    pattern: TEXT,
    patternProperties: SCHEMAS_BY_NAME,
    properties: SCHEMAS_BY_NAME,
    required: NAMES,
    title: TEXT,
    type: { anyOf: [TYPE, { type: 'array', minItems: 1, uniqueItems: true, items: TYPE }] },
    uniqueItems: FLAG,
  },
  dependencies: { exclusiveMaximum: ['maximum'], exclusiveMinimum: ['minimum'] },
};

/** The keywords whose values hold schemas under names of the author's. */
export const KEYWORDS_OF_NAMED_SCHEMAS: readonly string[] = ['definitions', 'dependencies', 'patternProperties', 'properties'];

/** The keywords whose values are schemas, or lists of them. */
export const KEYWORDS_OF_SCHEMAS: readonly string[] = ['additionalItems', 'additionalProperties', 'allOf', 'anyOf', 'items', 'not', 'oneOf'];

/** The formats that draft 4 knows: all others stand for nothing. */
export const FORMATS: readonly unknown[] = ['date-time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri'];
