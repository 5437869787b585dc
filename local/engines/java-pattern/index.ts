/** Java's regular expressions. */

export { compileJavaPattern } from './java-pattern';
export type { JavaPattern } from './java-pattern';
export { JavaPatternError } from './pattern-syntax';
export { PatternLimitError } from './program';
