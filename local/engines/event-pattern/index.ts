/**
 * The pattern language of EventBridge.
 */
export { compileEventPattern, EventPattern } from './event-pattern';
export { explainEventPattern } from './explanation';
export type { FieldExplanation, PatternExplanation, TestExplanation } from './explanation';
export { EventPatternIndex } from './event-pattern-index';
export { InvalidEventPatternError } from './invalid-event-pattern-error';
export { InvalidSampleEventError, parseSampleEvent } from './sample-event';
