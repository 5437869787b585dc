/** Syntax trees to programs for the machine that matches what JavaScript can not, or not safely. */

import { CharacterSet } from './character-set';
import { Anchor, PatternNode } from './pattern-syntax';

/** An instruction. A split goes on at the first address, and at the second if that fails. */
export type Instruction =
  | { readonly op: 'set'; readonly set: CharacterSet }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly register: number }
  | { readonly op: 'progress'; readonly register: number }
  | { readonly op: 'anchor'; readonly anchor: Anchor }
  | { readonly op: 'look'; readonly behind: boolean; readonly negative: boolean; readonly maxLength: number; readonly program: Program }
  | { readonly op: 'atomic'; readonly program: Program }
  | { readonly op: 'backreference'; readonly index: number; readonly ignoreCase: boolean }
  | { readonly op: 'match' };

/** A program. */
export interface Program {
  readonly instructions: readonly Instruction[];
  /** Two for each group, the whole match included, and one for each loop that must not go round without taking anything. */
  readonly registerCount: number;
  /** Whether failing at an instruction and a position once means to fail there always. */
  readonly memoizable: boolean;
}

const MAX_INSTRUCTIONS = 20_000;

/** Thrown when an expression is too large, or needs too many steps. */
export class PatternLimitError extends RangeError {
  constructor(message: string) {
    super(message);
    this.name = 'PatternLimitError';
  }
}

/** Refuses an expression whose repetitions make too much of it when they are written out. */
export function checkSize(root: PatternNode): void {
  if (writtenOutSize(root) > MAX_INSTRUCTIONS / 4) throw new PatternLimitError('A regular expression is too large');
}

function writtenOutSize(node: PatternNode): number {
  switch (node.kind) {
    case 'sequence': return node.items.reduce((sum, item) => sum + writtenOutSize(item), 0);
    case 'choice': return node.options.reduce((sum, option) => sum + writtenOutSize(option), 0);
    case 'repeat': return writtenOutSize(node.node) * Math.max(1, node.max === Infinity ? node.min + 1 : node.max);
    case 'group':
    case 'look':
    case 'atomic': return writtenOutSize(node.node);
    default: return 1;
  }
}

/** Compiles a tree. */
export function compileProgram(root: PatternNode, groupCount: number): Program {
  const assembler = new Assembler((groupCount + 1) * 2, !hasBackreference(root));
  return assembler.assemble(root);
}

function hasBackreference(node: PatternNode): boolean {
  switch (node.kind) {
    case 'backreference': return true;
    case 'sequence': return node.items.some(hasBackreference);
    case 'choice': return node.options.some(hasBackreference);
    case 'repeat':
    case 'group':
    case 'look':
    case 'atomic': return hasBackreference(node.node);
    default: return false;
  }
}

class Assembler {
  private readonly instructions: Instruction[] = [];

  constructor(private registerCount: number, private readonly memoizable: boolean) {}

  assemble(node: PatternNode): Program {
    this.emitNode(node);
    this.emit({ op: 'match' });
    return { instructions: this.instructions, registerCount: this.registerCount, memoizable: this.memoizable };
  }

  private emit<T extends Instruction>(instruction: T): T {
    if (this.instructions.length >= MAX_INSTRUCTIONS) throw new PatternLimitError('A regular expression is too large');
    this.instructions.push(instruction);
    return instruction;
  }

  private get next(): number {
    return this.instructions.length;
  }

  private nested(node: PatternNode): Program {
    const program = new Assembler(this.registerCount, this.memoizable).assemble(node);
    this.registerCount = program.registerCount;
    return program;
  }

  private emitNode(node: PatternNode): void {
    switch (node.kind) {
      case 'set':
        this.emit({ op: 'set', set: node.set });
        break;
      case 'anchor':
        this.emit({ op: 'anchor', anchor: node.anchor });
        break;
      case 'sequence':
        node.items.forEach((item) => this.emitNode(item));
        break;
      case 'choice':
        this.emitChoice(node.options);
        break;
      case 'repeat':
        if (node.mode === 'possessive') {
          this.emit({ op: 'atomic', program: this.nested({ ...node, mode: 'greedy' }) });
        } else {
          this.emitRepeat(node);
        }
        break;
      case 'group':
        this.emit({ op: 'save', register: node.index * 2 });
        this.emitNode(node.node);
        this.emit({ op: 'save', register: node.index * 2 + 1 });
        break;
      case 'look':
        this.emit({ op: 'look', behind: node.behind, negative: node.negative, maxLength: node.maxLength, program: this.nested(node.node) });
        break;
      case 'atomic':
        this.emit({ op: 'atomic', program: this.nested(node.node) });
        break;
      case 'backreference':
        this.emit({ op: 'backreference', index: node.index, ignoreCase: node.ignoreCase });
        break;
    }
  }

  private emitChoice(options: readonly PatternNode[]): void {
    const exits: Array<{ to: number }> = [];
    options.forEach((option, index) => {
      if (index === options.length - 1) {
        this.emitNode(option);
        return;
      }
      const split = this.emit({ op: 'split', first: this.next + 1, second: 0 });
      this.emitNode(option);
      exits.push(this.emit({ op: 'jump', to: 0 }));
      split.second = this.next;
    });
    for (const exit of exits) exit.to = this.next;
  }

  private emitRepeat({ node, min, max, mode }: Extract<PatternNode, { kind: 'repeat' }>): void {
    for (let count = 0; count < min; count++) this.emitNode(node);
    const splits: Array<{ first: number; second: number }> = [];
    const rounds = max === Infinity ? 1 : max - min;
    for (let count = 0; count < rounds; count++) {
      const start = this.next;
      splits.push(this.emit({ op: 'split', first: start + 1, second: 0 }));
      if (max !== Infinity) {
        this.emitNode(node);
        continue;
      }
      // Where failures are remembered, a round that takes nothing comes back to where it was and ends by itself.
      const register = this.memoizable ? undefined : this.registerCount++;
      if (register !== undefined) this.emit({ op: 'save', register });
      this.emitNode(node);
      if (register !== undefined) this.emit({ op: 'progress', register });
      this.emit({ op: 'jump', to: start });
    }
    for (const split of splits) {
      split.second = this.next;
      if (mode === 'lazy') [split.first, split.second] = [split.second, split.first];
    }
  }
}
