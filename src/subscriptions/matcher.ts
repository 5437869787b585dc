import { readFileSync } from 'fs';
import { join } from 'path';
import { patternBytes } from './rows';

/** The functions of `expressions/`, which both workflows and `lambdaless match` evaluate; docs/matcher.md explains them. */
type MatcherFunction = 'address-digits' | 'compile-pattern' | 'event-oddity' | 'match-page';

/** JSONata: an expression in which functions of the matcher are known under their names, such as `$compilePattern`. */
export function withMatcher(functions: readonly MatcherFunction[], expression: string): string {
  return `{% (${functions.map(name => `$${camelCase(name)} := ${textOf(name)};`).join(' ')} ${expression}) %}`;
}

/** JSONata: what a pattern, a text, is compiled to; `ask` where it has to be asked of EventBridge, or would not fit into a row with its pattern. */
export function compiledPattern(pattern: string, patternCharacters: number): string {
  // Quotes and backslashes are written with another backslash, and what is not ASCII may take three bytes more than one.
  return withMatcher(['address-digits', 'compile-pattern'], `
    $compiled := $compilePattern(${pattern});
    $text := $string([${pattern}, $compiled]);
    $length($text) + 3 * $length($replace($text, /[\\x00-\\x7f]+/, '')) > ${patternBytes(patternCharacters)} ? 'ask' : $compiled
  `.replace(/\s*\n\s*/g, ' '));
}

function textOf(name: MatcherFunction): string {
  const text = readFileSync(join(__dirname, '..', '..', 'expressions', `${name}.jsonata`), 'utf8');
  return text.replace(/\/\*[^]*?\*\//g, '').replace(/\s*\n\s*/g, ' ').trim();
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
