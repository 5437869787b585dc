/** Velocity 1.7: plain, and as API Gateway runs it. */

export { compileMappingTemplate } from './mapping-template';
export type { MappingResult, MappingTemplate, MappingVariables } from './mapping-template';
export type { MappingParameters } from './mapping/input';
export { VtlRuntimeError } from './runtime/vtl-runtime-error';
export { VtlSyntaxError } from './syntax/vtl-syntax-error';
export { compileTemplate } from './template';
export type { Template } from './template';
