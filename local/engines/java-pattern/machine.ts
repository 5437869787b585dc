/**
 * Runs programs by trying alternatives in order and going back to the last one when it fails, as Java does, but never twice from the same place:
 * the time grows with the length of the text, whatever the expression. Only backreferences do not allow that; with them steps are counted.
 */

import { CharacterSet, LINE_TERMINATORS, WORD_CHARACTER } from './character-set';
import { Anchor } from './pattern-syntax';
import { Instruction, PatternLimitError, Program } from './program';

const MAX_STEPS = 5_000_000;
const MAX_MEMORY_BITS = 2 ** 28;
const LINE_TERMINATOR = new CharacterSet(LINE_TERMINATORS);
const WORD = new CharacterSet(WORD_CHARACTER);

/** Where the groups of a match begin and end, two numbers for each; -1 where a group took no part. */
export type Registers = Int32Array;

/** Finds the first match at or after a position; when it must be whole, one that takes the whole text. */
export function findMatch(program: Program, text: string, from: number, whole: boolean): Registers | undefined {
  const run = new Run(text);
  const thread = new Thread(program, text, run);
  const lastStart = whole ? from : text.length;
  for (let start = from; start <= lastStart; start++) {
    const registers = new Int32Array(program.registerCount).fill(-1);
    const end = thread.matchAt(start, registers, whole);
    if (end !== -1) {
      registers[0] = start;
      registers[1] = end;
      return registers;
    }
  }
  return undefined;
}

/** What all parts of one search share. */
class Run {
  private steps = 0;

  constructor(private readonly text: string) {}

  countStep(): void {
    if (++this.steps > MAX_STEPS) throw new PatternLimitError(`A regular expression needs too many steps for a text of ${this.text.length} characters`);
  }
}

/** One program on one text. Where it failed once it remembers from one start to the next, for failing does not depend on the start. */
class Thread {
  private readonly failed: Uint8Array | undefined;
  private readonly nested = new Map<Program, Thread>();

  constructor(private readonly program: Program, private readonly text: string, private readonly run: Run) {
    const bits = program.instructions.length * (text.length + 1);
    if (bits > MAX_MEMORY_BITS) throw new PatternLimitError(`A regular expression is too large for a text of ${text.length} characters`);
    this.failed = program.memoizable ? new Uint8Array(Math.ceil(bits / 8)) : undefined;
  }

  /** The end of the match that begins at a position, or -1. A required end is -1 where there is none. */
  matchAt(start: number, registers: Registers, whole: boolean, requiredEnd = whole ? this.text.length : -1): number {
    const { instructions } = this.program;
    // Alternatives still to be tried: an address and a position, or a register (as a negative address) and the value to give back to it.
    const alternatives: number[] = [0, start];
    while (alternatives.length > 0) {
      let position = alternatives.pop() as number;
      let address = alternatives.pop() as number;
      if (address < 0) {
        registers[-address - 1] = position;
        continue;
      }
      while (position !== -1) {
        this.run.countStep();
        if (this.hasFailed(address, position)) break;
        const instruction = instructions[address];
        address++;
        switch (instruction.op) {
          case 'match':
            if (requiredEnd === -1 || position === requiredEnd) return position;
            position = -1;
            break;
          case 'split':
            alternatives.push(instruction.second, position);
            address = instruction.first;
            break;
          case 'jump':
            address = instruction.to;
            break;
          case 'save':
            alternatives.push(-instruction.register - 1, registers[instruction.register]);
            registers[instruction.register] = position;
            break;
          default:
            position = this.step(instruction, position, registers, alternatives);
        }
      }
    }
    return -1;
  }

  /** Marks a place as tried; whether it had been before. With a required end a failure says nothing about other ends. */
  private hasFailed(address: number, position: number): boolean {
    if (!this.failed) return false;
    const bit = address * (this.text.length + 1) + position;
    const index = Math.floor(bit / 8);
    const mask = MASKS[bit % 8];
    const value = this.failed[index];
    if (Math.floor(value / mask) % 2 === 1) return true;
    this.failed[index] = value + mask;
    return false;
  }

  /** Where an instruction goes on in the text, or -1. */
  private step(
    instruction: Exclude<Instruction, { op: 'match' | 'split' | 'jump' | 'save' }>,
    position: number,
    registers: Registers,
    alternatives: number[],
  ): number {
    const { text } = this;
    switch (instruction.op) {
      case 'set': {
        const codePoint = text.codePointAt(position);
        if (codePoint === undefined || !instruction.set.has(codePoint)) return -1;
        return position + (codePoint > 0xffff ? 2 : 1);
      }
      case 'progress': return position === registers[instruction.register] ? -1 : position;
      case 'anchor': return isAt(instruction.anchor, text, position) ? position : -1;
      case 'look': return this.look(instruction, position, registers) ? position : -1;
      case 'atomic': {
        const before = registers.slice();
        const end = this.threadOf(instruction.program).matchAt(position, registers, false);
        before.forEach((value, register) => {
          if (registers[register] !== value) alternatives.push(-register - 1, value);
        });
        return end;
      }
      case 'backreference': {
        const [start, end] = [registers[instruction.index * 2] ?? -1, registers[instruction.index * 2 + 1] ?? -1];
        if (start === -1 || end === -1) return -1;
        const [expected, actual] = [text.slice(start, end), text.slice(position, position + end - start)];
        const same = instruction.ignoreCase ? expected.toLowerCase() === actual.toLowerCase() : expected === actual;
        return same ? position + end - start : -1;
      }
    }
  }

  private look({ behind, negative, program }: Extract<Instruction, { op: 'look' }>, position: number, registers: Registers): boolean {
    if (!behind) return (this.threadOf(program).matchAt(position, registers, false) !== -1) !== negative;
    for (let start = position; start >= 0; start--) {
      if (new Thread(program, this.text, this.run).matchAt(start, registers, false, position) !== -1) return !negative;
    }
    return negative;
  }

  /** A part that is matched by itself fails or not by its own start alone, so it begins with a clean memory each time. */
  private threadOf(program: Program): Thread {
    return new Thread(program, this.text, this.run);
  }
}

const MASKS = [1, 2, 4, 8, 16, 32, 64, 128];

function isAt(anchor: Anchor, text: string, position: number): boolean {
  const atEnd = position === text.length;
  switch (anchor) {
    case 'input start': return position === 0;
    case 'input end': return atEnd;
    case 'last line end': return atEnd || (!isInsideLineEnd(text, position) && (text.length - position === 1 ? isTerminator(text, position) : text.slice(position) === '\r\n'));
    case 'last unix line end': return atEnd || text.slice(position) === '\n';
    case 'line start': return position === 0 || (!atEnd && isTerminator(text, position - 1) && !isInsideLineEnd(text, position));
    case 'line end': return atEnd || (isTerminator(text, position) && !isInsideLineEnd(text, position));
    case 'unix line start': return position === 0 || (!atEnd && text[position - 1] === '\n');
    case 'unix line end': return atEnd || text[position] === '\n';
    case 'word boundary': return isWord(text, position - 1) !== isWord(text, position);
    case 'no word boundary': return isWord(text, position - 1) === isWord(text, position);
  }
}

function isInsideLineEnd(text: string, position: number): boolean {
  return text[position] === '\n' && text[position - 1] === '\r';
}

function isTerminator(text: string, position: number): boolean {
  return LINE_TERMINATOR.has(text.charCodeAt(position));
}

function isWord(text: string, position: number): boolean {
  const codePoint = position < 0 ? undefined : text.codePointAt(position);
  return codePoint !== undefined && WORD.has(codePoint);
}
