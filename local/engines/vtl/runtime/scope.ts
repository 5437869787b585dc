/** The variables of a rendering. Templates know their names when they are compiled, and reach them by number. */

import { VtlRuntimeError } from './vtl-runtime-error';

/** The number of a variable. */
export type Slot = number;

/** Gives variables their numbers. */
export class Symbols {
  private readonly slots = new Map<string, Slot>();

  slotOf(name: string): Slot {
    let slot = this.slots.get(name);
    if (slot === undefined) {
      slot = this.slots.size;
      this.slots.set(name, slot);
    }
    return slot;
  }

  /** The number of a name, if anything in the template mentions it. */
  find(name: string): Slot | undefined {
    return this.slots.get(name);
  }

  names(): Iterable<[name: string, slot: Slot]> {
    return this.slots;
  }
}

const MAX_ITERATIONS = 2_000_000;
const MAX_DEPTH = 200;

/** What limits a rendering as a whole. */
export class Budget {
  private iterations = 0;
  private depth = 0;

  /** Loops in loops may go round no oftener than this, whatever each alone is allowed. */
  countIteration(): void {
    if (++this.iterations > MAX_ITERATIONS) throw new VtlRuntimeError(`The loops of a template can not go round more than ${MAX_ITERATIONS} times`);
  }

  /** Macros, blocks and evaluations may call each other no deeper than this. */
  nest<T>(work: () => T): T {
    if (this.depth >= MAX_DEPTH) throw new VtlRuntimeError(`The calls of a template are nested more than ${MAX_DEPTH} levels deep`);
    this.depth++;
    try {
      return work();
    } finally {
      this.depth--;
    }
  }
}

/** The variables that a part of a template sees. */
export interface Scope {
  readonly budget: Budget;
  /** How many macros are being called. */
  readonly macroDepth: number;
  get(slot: Slot): unknown;
  set(slot: Slot, value: unknown): void;
  remove(slot: Slot): void;
  /** How the argument of a macro was written, which is what it prints when it has no value. */
  argumentText(parameter: string): string | undefined;
}

/** The variables of a template. */
export class TemplateScope implements Scope {
  readonly budget = new Budget();
  readonly macroDepth = 0;
  private readonly values: unknown[] = [];

  get(slot: Slot): unknown {
    return this.values[slot];
  }

  set(slot: Slot, value: unknown): void {
    this.values[slot] = value;
  }

  remove(slot: Slot): void {
    this.values[slot] = undefined;
  }

  argumentText(): undefined {
    return undefined;
  }
}

/** An argument of a macro: a constant has its value, anything else is evaluated afresh each time, in the caller's scope. */
export interface MacroArgument {
  readonly constant: boolean;
  readonly text: string;
  evaluate(scope: Scope): unknown;
}

/** The variables that a macro sees. What it assigns is its own and its caller's at once. */
export class MacroScope implements Scope {
  readonly budget: Budget;
  readonly macroDepth: number;
  private readonly own = new Map<Slot, unknown>();
  private readonly byName = new Map<Slot, MacroArgument>();
  private readonly argumentTexts = new Map<string, string>();

  constructor(private readonly caller: Scope) {
    this.budget = caller.budget;
    this.macroDepth = caller.macroDepth + 1;
  }

  addArgument(slot: Slot, name: string, argument: MacroArgument): void {
    if (argument.constant) {
      this.own.set(slot, argument.evaluate(this.caller));
    } else {
      this.byName.set(slot, argument);
      this.argumentTexts.set(`$${name}`, argument.text);
    }
  }

  addBody(slot: Slot, body: unknown): void {
    this.own.set(slot, body);
  }

  get(slot: Slot): unknown {
    const own = this.own.get(slot);
    if (own !== null && own !== undefined) return own;
    const argument = this.byName.get(slot);
    return argument ? argument.evaluate(this.caller) : this.caller.get(slot);
  }

  set(slot: Slot, value: unknown): void {
    this.own.set(slot, value);
    this.caller.set(slot, value);
  }

  remove(slot: Slot): void {
    this.own.delete(slot);
    this.byName.delete(slot);
    this.caller.remove(slot);
  }

  argumentText(parameter: string): string | undefined {
    return this.argumentTexts.get(parameter) ?? this.caller.argumentText(parameter);
  }
}

/** Hides the variable of a `#foreach` while its element is null, so that no variable of the same name outside shows through. */
export class NullElementScope implements Scope {
  readonly budget: Budget;
  readonly macroDepth: number;
  private active = true;

  constructor(private readonly outer: Scope, private readonly element: Slot) {
    this.budget = outer.budget;
    this.macroDepth = outer.macroDepth;
  }

  get(slot: Slot): unknown {
    return this.active && slot === this.element ? null : this.outer.get(slot);
  }

  set(slot: Slot, value: unknown): void {
    if (slot === this.element && (value === null || value === undefined)) this.active = true;
    this.outer.set(slot, value);
  }

  remove(slot: Slot): void {
    if (slot === this.element) this.active = false;
    this.outer.remove(slot);
  }

  argumentText(parameter: string): string | undefined {
    return this.outer.argumentText(parameter);
  }
}
