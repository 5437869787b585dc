/**
 * What EventBridge hands to the targets of a rule, and a pipe to its target.
 */
export { InvalidTargetInputError } from './invalid-target-input-error';
export { compilePipeInput, pipeParameter } from './pipe-input';
export type { PipeContext, PipeInput } from './pipe-input';
export { compileTargetInput } from './target-input';
export type { InputTransformer, RuleContext, TargetInput, TargetInputProperties } from './target-input';
