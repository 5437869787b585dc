/**
 * What EventBridge hands to the targets of a rule.
 */
export { InvalidTargetInputError } from './invalid-target-input-error';
export { compileTargetInput } from './target-input';
export type { InputTransformer, RuleContext, TargetInput, TargetInputProperties } from './target-input';
