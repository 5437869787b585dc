/**
 * What EventBridge hands to the targets of a rule.
 */
export { InvalidTargetInputError } from './invalid-target-input-error';
export { compileTargetInput, InputTransformer, RuleContext, TargetInput, TargetInputProperties } from './target-input';
