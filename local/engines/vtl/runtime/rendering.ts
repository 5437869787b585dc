import { Output } from './output';
import { Slot, Symbols } from './symbols';
import { VtlRuntimeError } from './vtl-runtime-error';

/** The variables that a part of a template sees. */
export interface Scope {
  readonly rendering: Rendering;
  get(slot: Slot): unknown;
  set(slot: Slot, value: unknown): void;
  remove(slot: Slot): void;
  /** How the argument of a macro was written, which is what it prints when it has no value. */
  argumentText(parameter: string): string | undefined;
}

/** A macro: its parameters and its body. */
export interface Macro {
  readonly parameters: ReadonlyArray<{ readonly name: string; readonly slot: Slot }>;
  readonly render: (scope: Scope, output: Output) => void;
}

const MAX_ITERATIONS = 2_000_000;
const MAX_DEPTH = 100;
/** What a template may be long itself. */
const MAX_EVALUATED_LENGTH = 300 * 1024;
/** Velocity's own limit. */
const MAX_MACRO_DEPTH = 20;

/** What belongs to one rendering as a whole: its limits, and what evaluated text adds to the template. */
export class Rendering {
  /** The names and macros of evaluated text; present once there is any. */
  evaluated: { readonly symbols: Symbols; readonly macros: Map<string, Macro> } | undefined;
  private iterations = 0;
  private evaluatedLength = 0;
  private depth = 0;
  private macroDepth = 0;

  /** Finds the first value of a variable that only evaluated text mentions. */
  constructor(readonly initialValue: (name: string) => unknown) {}

  /** Loops in loops may go round no oftener than this, whatever each alone is allowed. */
  countIteration(): void {
    if (++this.iterations > MAX_ITERATIONS) throw new VtlRuntimeError(`The loops of a template can not go round more than ${MAX_ITERATIONS} times`);
  }

  /** All evaluated text together may be no longer than this. */
  countEvaluated(text: string): void {
    this.evaluatedLength += text.length;
    if (this.evaluatedLength > MAX_EVALUATED_LENGTH) throw new VtlRuntimeError(`A template can not evaluate more than ${MAX_EVALUATED_LENGTH} characters`);
  }

  /** Blocks and evaluations may call each other no deeper than this. */
  nest(work: () => void): void {
    if (this.depth >= MAX_DEPTH) throw new VtlRuntimeError(`The calls of a template are nested more than ${MAX_DEPTH} levels deep`);
    this.depth++;
    try {
      work();
    } finally {
      this.depth--;
    }
  }

  /** A macro that something stops stays on Velocity's stack of macros, which is why the way back from an exception does not count down. */
  callMacro(name: string, work: () => void): void {
    if (this.macroDepth >= MAX_MACRO_DEPTH) throw new VtlRuntimeError(`The macro #${name} is called more than ${MAX_MACRO_DEPTH} levels deep`);
    this.macroDepth++;
    work();
    this.macroDepth--;
  }
}
