import { compileJsonPattern } from './json-pattern';
import { compileSpaceDelimitedPattern } from './space-delimited-pattern';
import { compileTermPattern } from './term-pattern';

/** A compiled filter pattern. */
export interface LogFilterPattern {
  matches(message: string): boolean;
}

/** Compiles a pattern of any of the three kinds: terms, `{ … }` for JSON, `[ … ]` for fields with spaces between. Throws InvalidFilterPatternError. */
export function compileLogFilterPattern(pattern: string): LogFilterPattern {
  const text = pattern.trim();
  if (text === '') {
    return { matches: () => true };
  }
  switch (text[0]) {
    case '{': return { matches: compileJsonPattern(text) };
    case '[': return { matches: compileSpaceDelimitedPattern(text) };
    default: return { matches: compileTermPattern(text) };
  }
}
