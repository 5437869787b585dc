import { violation } from './errors';
import { compileEventPattern, EventPattern, InvalidEventPatternError } from '../../engines/event-pattern';
import { AwsError } from '../../kernel/aws-error';

/** What the API takes; an account's quota is less at first, and can be raised to it. */
const MAXIMUM_PATTERN_LENGTH = 4096;

/** Compiles a pattern, or refuses it as AWS does. */
export function compilePattern(text: string): EventPattern {
  if (text.length > MAXIMUM_PATTERN_LENGTH) {
    throw violation(text, 'eventPattern', `have length less than or equal to ${MAXIMUM_PATTERN_LENGTH}`);
  }
  try {
    return compileEventPattern(text);
  } catch (error) {
    throw error instanceof InvalidEventPatternError ? new AwsError('InvalidEventPatternException', error.message) : error;
  }
}
