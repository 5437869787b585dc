/** Java's regular expressions. */

export interface JavaPattern {
  matches(text: string): boolean;
}

export function compileJavaPattern(source: string, flags = ''): JavaPattern {
  const expression = new RegExp(`^(?:${source})$`, flags);
  return { matches: (text) => expression.test(text) };
}
