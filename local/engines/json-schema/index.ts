/** JSON Schema, draft 4: which texts are schemas, and what in a JSON text is against one. */
export { InvalidJsonSchemaError } from './invalid-json-schema-error';
export { compileJsonSchema } from './json-schema';
export type { JsonSchema } from './json-schema';
