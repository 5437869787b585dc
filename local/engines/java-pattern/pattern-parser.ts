/** Java's regular expressions to syntax trees. */

import {
  ANY, CharacterSet, ESCAPED_CLASSES, LINE_TERMINATORS, VERTICAL_SPACE, complementSource, escapeCharacter, ignoreAsciiCase, unionSource,
} from './character-set';
import { ClassParser } from './class-parser';
import { PatternScanner } from './pattern-scanner';
import { Anchor, PatternNode, PatternTree, RepeatMode } from './pattern-syntax';

/** Parses an expression; the flags are those of an inline `(?…)`. */
export function parsePattern(pattern: string, flags: string): PatternTree {
  return new PatternParser(new PatternScanner(withoutQuotations(pattern), flags)).parse();
}

/** Between `\Q` and `\E`, or the end, every character stands for itself; a repetition after it repeats the last one. */
function withoutQuotations(pattern: string): string {
  return pattern.replace(/\\(?:Q([^]*?)(?:\\E|$)|[^])/g, (escape: string, quoted: string | undefined) => quoted?.replace(/[^a-zA-Z0-9\u0080-\uffff]/g, '\\$&') ?? escape);
}

/** How many characters a node can take at most, in the units of JavaScript's strings. */
function longestMatch(node: PatternNode): number {
  switch (node.kind) {
    case 'set': return 2;
    case 'anchor':
    case 'look': return 0;
    case 'sequence': return node.items.reduce((sum, item) => sum + longestMatch(item), 0);
    case 'choice': return Math.max(...node.options.map(longestMatch));
    case 'group':
    case 'atomic': return longestMatch(node.node);
    case 'repeat': return node.max === Infinity ? Infinity : longestMatch(node.node) * node.max;
    case 'backreference': return Infinity;
  }
}

class PatternParser {
  private readonly groupNames = new Map<string, number>();
  private groupCount = 0;

  constructor(private readonly scanner: PatternScanner) {}

  parse(): PatternTree {
    const root = this.readChoice();
    if (!this.scanner.atEnd) this.scanner.fail('Unmatched closing ")"');
    return { root, groupCount: this.groupCount, groupNames: this.groupNames };
  }

  private readChoice(): PatternNode {
    const { scanner } = this;
    const flags = scanner.flags;
    const options = [this.readSequence()];
    while (scanner.accept('|')) options.push(this.readSequence());
    scanner.flags = flags;
    return options.length === 1 ? options[0] : { kind: 'choice', options };
  }

  private readSequence(): PatternNode {
    const { scanner } = this;
    const items: PatternNode[] = [];
    for (scanner.skipComments(); !scanner.atEnd && scanner.current !== '|' && scanner.current !== ')'; scanner.skipComments()) {
      const item = this.readAtom();
      if (item) items.push(this.readRepetition(item));
    }
    return items.length === 1 ? items[0] : { kind: 'sequence', items };
  }

  private readAtom(): PatternNode | undefined {
    const { scanner } = this;
    switch (scanner.current) {
      case '(': return scanner.nest(() => this.readGroup());
      case '[': return this.set(new ClassParser(scanner).read());
      case '\\': return this.readEscape();
      case '.':
        scanner.take();
        return this.set(scanner.has('s') ? ANY : complementSource(scanner.has('d') ? '\\n' : LINE_TERMINATORS));
      case '^':
        scanner.take();
        return this.anchor(scanner.has('m') ? scanner.has('d') ? 'unix line start' : 'line start' : 'input start');
      case '$':
        scanner.take();
        return this.anchor(scanner.has('m')
          ? scanner.has('d') ? 'unix line end' : 'line end'
          : scanner.has('d') ? 'last unix line end' : 'last line end');
      case '*': case '+': case '?': return scanner.fail(`Dangling meta character '${scanner.current}'`);
      // A repetition of nothing is allowed.
      case '{': return { kind: 'sequence', items: [] };
      default: return this.literal(scanner.takeCodePoint());
    }
  }

  private literal(codePoint: number): PatternNode {
    return this.set(unionSource([escapeCharacter(codePoint)]));
  }

  private set(source: string): PatternNode {
    const { scanner } = this;
    if (!scanner.has('i')) return { kind: 'set', set: new CharacterSet(source) };
    return { kind: 'set', set: scanner.has('u') ? new CharacterSet(source, true) : new CharacterSet(ignoreAsciiCase(source)) };
  }

  private anchor(anchor: Anchor): PatternNode {
    return { kind: 'anchor', anchor };
  }

  private readEscape(): PatternNode | undefined {
    const { scanner } = this;
    scanner.take();
    const letter = scanner.current;
    switch (letter) {
      case 'A': case 'z': case 'Z': case 'b': case 'B':
        scanner.take();
        return this.anchor(({
          A: 'input start', z: 'input end', Z: scanner.has('d') ? 'last unix line end' : 'last line end', b: 'word boundary', B: 'no word boundary',
        } as const)[letter]);
      case 'R':
        scanner.take();
        return { kind: 'choice', options: [{ kind: 'sequence', items: [this.literal(0x0d), this.literal(0x0a)] }, this.set(VERTICAL_SPACE)] };
      case 'k': return this.readNamedReference();
      case 'p': case 'P': return this.set(scanner.readProperty());
    }
    if (Object.hasOwn(ESCAPED_CLASSES, letter)) {
      scanner.take();
      return this.set(ESCAPED_CLASSES[letter]);
    }
    return /[1-9]/.test(letter) ? this.readNumberedReference() : this.literal(scanner.readEscapedCharacter());
  }

  /** More digits belong to the number as long as there are so many groups before it. */
  private readNumberedReference(): PatternNode {
    const { scanner } = this;
    let index = Number(scanner.take());
    while (/[0-9]/.test(scanner.current) && index * 10 + Number(scanner.current) <= this.groupCount) index = index * 10 + Number(scanner.take());
    return { kind: 'backreference', index, ignoreCase: scanner.has('i') };
  }

  private readNamedReference(): PatternNode {
    const { scanner } = this;
    scanner.take();
    scanner.expect('<');
    const name = scanner.readName();
    const index = this.groupNames.get(name);
    if (index === undefined) return scanner.fail(`There is no group <${name}>`);
    return { kind: 'backreference', index, ignoreCase: scanner.has('i') };
  }

  private readGroup(): PatternNode | undefined {
    const { scanner } = this;
    scanner.expect('(');
    if (!scanner.accept('?')) return this.captured(++this.groupCount);
    if (scanner.accept(':')) return this.closed(this.readChoice());
    if (scanner.accept('>')) return { kind: 'atomic', node: this.closed(this.readChoice()) };
    if (scanner.accept('=')) return this.look(false, false);
    if (scanner.accept('!')) return this.look(false, true);
    if (scanner.accept('<=')) return this.look(true, false);
    if (scanner.accept('<!')) return this.look(true, true);
    if (scanner.accept('<')) return this.readNamedGroup();
    return this.readFlags();
  }

  private captured(index: number): PatternNode {
    return { kind: 'group', index, node: this.closed(this.readChoice()) };
  }

  private look(behind: boolean, negative: boolean): PatternNode {
    const node = this.closed(this.readChoice());
    const maxLength = behind ? longestMatch(node) : Infinity;
    if (behind && maxLength === Infinity) this.scanner.fail('Look-behind group does not have an obvious maximum length');
    return { kind: 'look', behind, negative, node, maxLength };
  }

  private readNamedGroup(): PatternNode {
    const name = this.scanner.readName();
    if (this.groupNames.has(name)) this.scanner.fail(`The group <${name}> is already defined`);
    this.groupNames.set(name, ++this.groupCount);
    return this.captured(this.groupCount);
  }

  private closed(node: PatternNode): PatternNode {
    if (!this.scanner.accept(')')) this.scanner.fail('Unclosed group');
    return node;
  }

  /** `(?i)` holds to the end of the group it is in, `(?i:…)` within itself. */
  private readFlags(): PatternNode | undefined {
    const { scanner } = this;
    const outer = scanner.flags;
    const changed = scanner.readFlags();
    scanner.flags = changed;
    if (scanner.accept(')')) return undefined;
    scanner.expect(':');
    const node = this.closed(this.readChoice());
    scanner.flags = outer;
    return node;
  }

  private readRepetition(node: PatternNode): PatternNode {
    const { scanner } = this;
    scanner.skipComments();
    if (!/[*+?{]/.test(scanner.current)) return node;
    const [min, max] = this.readCounts();
    const mode: RepeatMode = scanner.accept('?') ? 'lazy' : scanner.accept('+') ? 'possessive' : 'greedy';
    return { kind: 'repeat', node, min, max, mode };
  }

  private readCounts(): [number, number] {
    const { scanner } = this;
    if (scanner.accept('*')) return [0, Infinity];
    if (scanner.accept('+')) return [1, Infinity];
    if (scanner.accept('?')) return [0, 1];
    const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(scanner.rest);
    if (!match) return scanner.fail('Illegal repetition');
    scanner.position += match[0].length;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === '' ? Infinity : Number(match[3]);
    if (min > 1_000 || (max !== Infinity && max > 1_000) || max < min) return scanner.fail('Illegal repetition range');
    return [min, max];
  }
}
