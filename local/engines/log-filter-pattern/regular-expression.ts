import { InvalidFilterPatternError } from './invalid-filter-pattern-error';
import { compileJavaPattern, JavaPatternError, PatternLimitError } from '../java-pattern';

/** The letters, symbols and operators that there are. Without parentheses nothing can be repeated that repeats. */
const SUPPORTED = /^(?:\\[^]|[A-Za-z0-9:_#=@/;,\-^$?[\]{}|*+. ])+$/;

/** Compiles what stands between percent signs; it may match anywhere in a text. */
export function compileRegularExpression(source: string): (text: string) => boolean {
  if (!SUPPORTED.test(source)) {
    throw new InvalidFilterPatternError();
  }
  try {
    const pattern = compileJavaPattern(`[\\s\\S]*(?:${source})[\\s\\S]*`);
    return text => pattern.matches(text);
  } catch (error) {
    throw error instanceof JavaPatternError || error instanceof PatternLimitError ? new InvalidFilterPatternError() : error;
  }
}
