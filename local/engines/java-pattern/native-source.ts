/** Syntax trees to JavaScript's regular expressions, where those mean the same. */

import { LINE_TERMINATORS, WORD_CHARACTER } from './character-set';
import { Anchor, PatternNode, PatternTree } from './pattern-syntax';

const END = '(?![\\s\\S])';
const START = '(?<![\\s\\S])';
/** Between a carriage return and its line feed no line ends. */
const NOT_INSIDE_LINE_END = '(?<!\\r(?=\\n))';

const ANCHORS: Readonly<Record<Anchor, string>> = {
  'input start': START,
  'input end': END,
  'last line end': `(?:${NOT_INSIDE_LINE_END}(?=(?:\\r\\n|${LINE_TERMINATORS})?${END}))`,
  'last unix line end': `(?=\\n?${END})`,
  'line start': `(?:${START}|(?<=${LINE_TERMINATORS})${NOT_INSIDE_LINE_END}(?=[\\s\\S]))`,
  'line end': `(?:${NOT_INSIDE_LINE_END}(?=${LINE_TERMINATORS})|${END})`,
  'unix line start': `(?:${START}|(?<=\\n)(?=[\\s\\S]))`,
  'unix line end': `(?:(?=\\n)|${END})`,
  'word boundary': `(?:(?<=${WORD_CHARACTER})(?!${WORD_CHARACTER})|(?<!${WORD_CHARACTER})(?=${WORD_CHARACTER}))`,
  'no word boundary': `(?:(?<=${WORD_CHARACTER})(?=${WORD_CHARACTER})|(?<!${WORD_CHARACTER})(?!${WORD_CHARACTER}))`,
};

/** The source of an expression with the flag `v`; undefined when JavaScript has no expression that means the same. */
export function nativeSource({ root }: PatternTree): string | undefined {
  return isNative(root, false) ? source(root) : undefined;
}

/**
 * JavaScript knows no possessive repetitions and atomic groups; a reference to a group that did not match matches in JavaScript and fails in
 * Java; and what a group inside a repetition matched is forgotten in JavaScript, but not in Java, when it takes no part in the last round.
 */
function isNative(node: PatternNode, repeated: boolean): boolean {
  switch (node.kind) {
    case 'set': return !node.set.ignoreUnicodeCase;
    case 'anchor': return true;
    case 'sequence': return node.items.every((item) => isNative(item, repeated));
    case 'choice': return node.options.every((option) => isNative(option, repeated));
    case 'repeat': return node.mode !== 'possessive' && isNative(node.node, repeated || node.max > 1);
    case 'group': return !repeated && isNative(node.node, repeated);
    case 'look': return isNative(node.node, repeated);
    case 'atomic':
    case 'backreference': return false;
  }
}

function source(node: PatternNode): string {
  switch (node.kind) {
    case 'set': return node.set.source;
    case 'anchor': return ANCHORS[node.anchor];
    case 'sequence': return node.items.map((item) => (item.kind === 'choice' ? `(?:${source(item)})` : source(item))).join('');
    case 'choice': return node.options.map(source).join('|');
    case 'repeat': return `(?:${source(node.node)}){${node.min},${node.max === Infinity ? '' : node.max}}${node.mode === 'lazy' ? '?' : ''}`;
    case 'group': return `(${source(node.node)})`;
    case 'look': return `(?${node.behind ? '<' : ''}${node.negative ? '!' : '='}${source(node.node)})`;
    case 'atomic':
    case 'backreference': return '';
  }
}

/**
 * How many steps a backtracking engine may need for a text of a given length, at worst. Repetitions without end multiply by the length each,
 * and make the cost boundless where one of something that can itself match in several ways is repeated.
 */
export function worstCost(node: PatternNode, length: number): number {
  switch (node.kind) {
    case 'set':
    case 'anchor':
    case 'backreference': return 1;
    case 'sequence': return node.items.reduce((product, item) => product * worstCost(item, length), 1);
    case 'choice': return node.options.reduce((sum, option) => sum + worstCost(option, length), 0);
    case 'group':
    case 'look':
    case 'atomic': return worstCost(node.node, length);
    case 'repeat': {
      const inner = worstCost(node.node, length);
      if (node.max === Infinity) return inner > 1 ? Infinity : length + 1;
      return inner ** node.max * (node.max - node.min + 1);
    }
  }
}
