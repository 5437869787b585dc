/**
 * The pattern language of EventBridge.
 */
export { compileEventPattern, EventPattern } from './event-pattern';
export { explainEventPattern } from './explanation';
export type { FieldExplanation, PatternExplanation, TestExplanation } from './explanation';
export { EventPatternIndex } from './event-pattern-index';
export { InvalidEventPatternError } from './invalid-event-pattern-error';
export { InvalidSampleEventError, MANDATORY_FIELDS, parseSampleEvent } from './sample-event';
