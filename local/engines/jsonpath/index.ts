/** JsonPath as Jayway's library reads it, which is what API Gateway and Step Functions run. */

export { compileJsonPath } from './json-path';
export type { JsonPath, JsonPathNode, JsonPathOptions } from './json-path';
export type { JsonPathEdition } from './path-parser';
export { JsonPathLimitError, JsonPathSyntaxError } from './json-path-syntax';
