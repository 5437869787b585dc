/** Java's regular expressions, as its strings use them. */

import { MachineSearch } from './machine';
import { nativeSource, worstCost } from './native-source';
import { parsePattern } from './pattern-parser';
import { PatternTree } from './pattern-syntax';
import { PatternLimitError, Program, checkSize, compileProgram } from './program';
import { parseReplacement } from './replacement';

/** A match: where it begins and ends, and what its groups took; the first group is the whole. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: ReadonlyArray<string | undefined>;
}

/** JavaScript's engine may take so many steps for a text; beyond, the machine takes over that needs no more than in proportion to its length. */
const MAX_NATIVE_COST = 5_000_000;

const MAX_RESULT_LENGTH = 16 * 1024 * 1024;

/** A compiled expression. */
export class JavaPattern {
  private readonly search: RegExp | undefined;
  private readonly whole: RegExp | undefined;
  private readonly maxNativeLength: number;
  private program: Program | undefined;
  private longest: number | undefined;

  constructor(private readonly tree: PatternTree) {
    checkSize(tree.root);
    const source = nativeSource(tree);
    if (source !== undefined) {
      this.search = new RegExp(source, 'gv');
      this.whole = new RegExp(`^(?:${source})$`, 'v');
    }
    this.maxNativeLength = source === undefined ? -1 : this.longestForBacktracking;
  }

  /** Whether the whole text matches. */
  matches(text: string): boolean {
    if (this.whole && text.length <= this.maxNativeLength) return this.whole.test(text);
    return new MachineSearch(this.machineProgram(), text).matchesWhole();
  }

  /** The longest text that an engine which tries everything there is, such as JavaScript's, can be trusted with; -1 when there is none. */
  get longestForBacktracking(): number {
    this.longest ??= longestNativeText(this.tree);
    return this.longest;
  }

  /** The first match from a position on. */
  find(text: string, from: number): Match | undefined {
    return this.finder(text)(from);
  }

  /** Replaces every match. */
  replaceAll(text: string, replacement: string): string {
    return this.replace(text, replacement, Infinity);
  }

  /** Replaces the first match. */
  replaceFirst(text: string, replacement: string): string {
    return this.replace(text, replacement, 1);
  }

  /**
   * Splits a text at the matches into so many parts at most. With a limit of zero there is none, and empty parts at the end are dropped; with a
   * negative one there is none, and they are kept. A match of nothing at the beginning splits nothing off.
   */
  split(text: string, limit: number): string[] {
    const parts: string[] = [];
    let begin = 0;
    for (const { start, end } of this.findAll(text)) {
      if (limit > 0 && parts.length === limit - 1) break;
      if (begin === 0 && start === 0 && end === 0) continue;
      parts.push(text.slice(begin, start));
      begin = end;
    }
    if (begin === 0 && parts.length === 0) return [text];
    parts.push(text.slice(begin));
    if (limit === 0) {
      while (parts.length > 0 && parts[parts.length - 1] === '') parts.pop();
    }
    return parts;
  }

  private replace(text: string, replacement: string, count: number): string {
    const { groupCount, groupNames } = this.tree;
    let parts: ReturnType<typeof parseReplacement> | undefined;
    let result = '';
    let copied = 0;
    let done = 0;
    for (const { start, end, groups } of this.findAll(text)) {
      // Java looks at the replacement only when there is something to replace.
      parts ??= parseReplacement(replacement, groupCount, groupNames);
      result += text.slice(copied, start);
      for (const part of parts) result += typeof part === 'string' ? part : groups[part] ?? '';
      if (result.length > MAX_RESULT_LENGTH) throw new PatternLimitError('A replacement makes a text too long');
      copied = end;
      if (++done >= count) break;
    }
    return result + text.slice(copied);
  }

  /** All matches one after the other; after one of nothing the next is looked for a character further on. */
  private* findAll(text: string): Generator<Match> {
    const find = this.finder(text);
    let from = 0;
    for (let match = find(from); match; match = find(from)) {
      yield match;
      from = match.end === match.start ? match.end + 1 : match.end;
      if (from > text.length) return;
    }
  }

  private finder(text: string): (from: number) => Match | undefined {
    return this.search && text.length <= this.maxNativeLength ? this.nativeSearch(this.search, text) : this.machineSearch(text);
  }

  private nativeSearch(expression: RegExp, text: string): (from: number) => Match | undefined {
    return (from) => {
      // Java goes on in the middle of a surrogate pair, JavaScript would go back to its beginning.
      if (isInsidePair(text, from)) return this.machineSearch(text)(from);
      expression.lastIndex = from;
      const match = expression.exec(text);
      return match ? { start: match.index, end: match.index + match[0].length, groups: match } : undefined;
    };
  }

  private machineSearch(text: string): (from: number) => Match | undefined {
    const search = new MachineSearch(this.machineProgram(), text);
    return (from) => {
      const registers = search.find(from);
      if (!registers) return undefined;
      const groups = Array.from({ length: this.tree.groupCount + 1 }, (_, group) => {
        const [start, end] = [registers[group * 2], registers[group * 2 + 1]];
        return start === -1 || end === -1 ? undefined : text.slice(start, end);
      });
      return { start: registers[0], end: registers[1], groups };
    };
  }

  private machineProgram(): Program {
    this.program ??= compileProgram(this.tree.root, this.tree.groupCount);
    return this.program;
  }
}

function isInsidePair(text: string, position: number): boolean {
  return (text.codePointAt(position - 1) ?? 0) > 0xffff;
}

/** The longest text, in powers of two, that JavaScript's engine can be trusted with. */
function longestNativeText({ root }: PatternTree): number {
  let length = 8;
  while (length < 2 ** 24 && worstCost(root, length * 2) * length * 2 <= MAX_NATIVE_COST) length *= 2;
  return worstCost(root, length) * length <= MAX_NATIVE_COST ? length : -1;
}

const MAX_CACHED = 500;
const cache = new Map<string, JavaPattern>();

/** Compiles an expression; the flags are letters as in `(?i)`. Throws `JavaPatternError`. */
export function compileJavaPattern(source: string, flags = ''): JavaPattern {
  const key = `${flags}/${source}`;
  let pattern = cache.get(key);
  if (!pattern) {
    pattern = new JavaPattern(parsePattern(source, flags));
    if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value as string);
    cache.set(key, pattern);
  }
  return pattern;
}
