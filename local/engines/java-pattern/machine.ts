/**
 * Runs programs by trying alternatives in order and going back to the last one when it fails, as Java does, but never twice from the same place:
 * the time grows with the length of the text, whatever the expression. Only backreferences do not allow that; with them steps are counted.
 */

import { CharacterSet, LINE_TERMINATORS, WORD_CHARACTER } from './character-set';
import { Anchor } from './pattern-syntax';
import { Instruction, PatternLimitError, Program } from './program';

const MAX_STEPS = 20_000_000;
const MAX_MEMORY_BITS = 2 ** 28;
const MAX_SET_SIZE = 2_048;
const LINE_TERMINATOR = new CharacterSet(LINE_TERMINATORS);
const WORD = new CharacterSet(WORD_CHARACTER);

/** Where the groups of a match begin and end, two numbers for each; -1 where a group took no part. */
export type Registers = Int32Array;

/** The search for matches of a program in a text; the steps of all of them together are limited. */
export class MachineSearch {
  private readonly steps: StepCounter;

  constructor(private readonly program: Program, private readonly text: string) {
    this.steps = new StepCounter(text);
  }

  /** Whether the whole text matches. */
  matchesWhole(): boolean {
    return this.createThread().matchAt(0, this.createRegisters(), this.text.length) !== FAILED;
  }

  /** Finds the first match at or after a position. */
  find(from: number): Registers | undefined {
    const thread = this.createThread();
    for (let start = from; start <= this.text.length; start++) {
      const registers = this.createRegisters();
      const end = thread.matchAt(start, registers, ANY_END);
      if (end !== FAILED) {
        registers[0] = start;
        registers[1] = end;
        return registers;
      }
    }
    return undefined;
  }

  private createThread(): Thread {
    return new Thread(this.program, this.text, this.steps);
  }

  private createRegisters(): Registers {
    return new Int32Array(this.program.registerCount).fill(-1);
  }
}

const FAILED = -1;
const ANY_END = -1;

class StepCounter {
  private steps = 0;

  constructor(private readonly text: string) {}

  count(): void {
    if (++this.steps > MAX_STEPS) throw new PatternLimitError(`A regular expression needs too many steps for a text of ${this.text.length} characters`);
  }
}

/** Remembers which places were tried: a few in a set, many in bits. */
class Memory {
  private readonly places = new Set<number>();
  private bytes: Uint8Array | undefined;

  constructor(private readonly size: number) {}

  /** Marks a place; returns whether it was marked before. */
  mark(place: number): boolean {
    if (this.bytes) return markBit(this.bytes, place);
    if (this.places.has(place)) return true;
    this.places.add(place);
    if (this.places.size === MAX_SET_SIZE) this.growToBits();
    return false;
  }

  private growToBits(): void {
    if (this.size > MAX_MEMORY_BITS) throw new PatternLimitError('A regular expression is too large for the text');
    const bytes = new Uint8Array(Math.ceil(this.size / 8));
    for (const place of this.places) markBit(bytes, place);
    this.bytes = bytes;
    this.places.clear();
  }
}

function markBit(bytes: Uint8Array, place: number): boolean {
  const index = place >>> 3;
  const mask = 1 << (place & 7);
  if ((bytes[index] & mask) !== 0) return true;
  bytes[index] |= mask;
  return false;
}

/** One program on one text. What failed from one start would fail from the next as well, so a thread remembers it from start to start. */
class Thread {
  private readonly memory: Memory | undefined;

  constructor(private readonly program: Program, private readonly text: string, private readonly steps: StepCounter) {
    if (program.memoizable) this.memory = new Memory(program.instructions.length * (text.length + 1));
  }

  /** The end of the match that begins at a position and, where one is required, ends at another. */
  matchAt(start: number, registers: Registers, requiredEnd: number): number {
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
      while (position !== FAILED) {
        this.steps.count();
        if (this.memory?.mark(address * (this.text.length + 1) + position)) break;
        const instruction = instructions[address];
        address++;
        switch (instruction.op) {
          case 'match':
            if (requiredEnd === ANY_END || position === requiredEnd) return position;
            position = FAILED;
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
    return FAILED;
  }

  /** Where an instruction goes on in the text. */
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
        if (codePoint === undefined || !instruction.set.has(codePoint)) return FAILED;
        return position + (codePoint > 0xffff ? 2 : 1);
      }
      case 'progress': return position === registers[instruction.register] ? FAILED : position;
      case 'anchor': return isAt(instruction.anchor, text, position) ? position : FAILED;
      case 'atomic': return this.apart(registers, alternatives, true, () => this.partOf(instruction.program).matchAt(position, registers, ANY_END));
      case 'look': {
        const end = this.apart(registers, alternatives, !instruction.negative, () => this.look(instruction, position, registers));
        return (end !== FAILED) === instruction.negative ? FAILED : position;
      }
      case 'backreference': return this.matchAgain(instruction, position, registers);
    }
  }

  private look({ behind, program, maxLength }: Extract<Instruction, { op: 'look' }>, position: number, registers: Registers): number {
    if (!behind) return this.partOf(program).matchAt(position, registers, ANY_END);
    for (let start = position; start >= Math.max(0, position - maxLength); start--) {
      const end = this.partOf(program).matchAt(start, registers, position);
      if (end !== FAILED) return end;
    }
    return FAILED;
  }

  private partOf(program: Program): Thread {
    return new Thread(program, this.text, this.steps);
  }

  /** Matches a part by itself; what its groups took is given back when the rest fails, or at once where it does not count. */
  private apart(registers: Registers, alternatives: number[], counts: boolean, match: () => number): number {
    const before = registers.slice();
    const end = match();
    if (!counts) {
      registers.set(before);
    } else if (end !== FAILED) {
      before.forEach((value, register) => {
        if (registers[register] !== value) alternatives.push(-register - 1, value);
      });
    }
    return end;
  }

  private matchAgain({ index, ignoreCase }: Extract<Instruction, { op: 'backreference' }>, position: number, registers: Registers): number {
    const [start, end] = [registers[index * 2] ?? -1, registers[index * 2 + 1] ?? -1];
    if (start === -1 || end === -1) return FAILED;
    const [expected, actual] = [this.text.slice(start, end), this.text.slice(position, position + end - start)];
    const same = ignoreCase ? expected.toLowerCase() === actual.toLowerCase() : expected === actual;
    return same ? position + end - start : FAILED;
  }
}

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
