/** Java's regular expressions. */
export interface JavaPattern {
  matches(text: string): boolean;
  replaceAll(text: string, replacement: string): string;
  replaceFirst(text: string, replacement: string): string;
  split(text: string, limit: number): string[];
}
export function compileJavaPattern(source: string, flags = ''): JavaPattern {
  const expression = new RegExp(`^(?:${source})$`, flags);
  const g = new RegExp(source, flags + 'g');
  return { matches: (text) => expression.test(text), replaceAll: (t, r) => t.replace(g, r), replaceFirst: (t, r) => t.replace(new RegExp(source, flags), r), split: (t, l) => { const p = t.split(g); if (l === 0) while (p.length && p[p.length - 1] === '') p.pop(); return p; } };
}
