/** Velocity 1.7: plain, and as API Gateway runs it. */

export { TemplateObservation } from './compiler/observation';
export type { StatementPlace, StatementValue } from './compiler/observation';
export { compileMappingTemplate, compileObservedMappingTemplate } from './mapping-template';
export type { MappingResult, MappingTemplate, MappingVariables, ObservedMappingTemplate } from './mapping-template';
export type { MappingParameters } from './mapping/input';
export { VtlRuntimeError } from './runtime/vtl-runtime-error';
export { VtlSyntaxError } from './syntax/vtl-syntax-error';
export { compileTemplate } from './template';
export type { Template } from './template';
