/** The variables of a rendering. Templates know their names when they are compiled, and reach them by number. */

import type { Rendering } from './rendering';

/** The number of a variable. */
export type Slot = number;

/** Gives variables their numbers. */
export class Symbols {
  private readonly slots = new Map<string, Slot>();

  /** Names found while rendering are numbered after those of the template, and forgotten with the rendering. */
  constructor(private readonly outer?: Symbols) {}

  get size(): number {
    return this.slots.size + (this.outer?.size ?? 0);
  }

  slotOf(name: string): Slot {
    const known = this.find(name);
    if (known !== undefined) return known;
    const slot = this.size;
    this.slots.set(name, slot);
    return slot;
  }

  /** The number of a name, if anything in the template mentions it. */
  find(name: string): Slot | undefined {
    return this.slots.get(name) ?? this.outer?.find(name);
  }

  names(): Iterable<[name: string, slot: Slot]> {
    return this.slots;
  }
}

/** The variables that a part of a template sees. */
export interface Scope {
  readonly rendering: Rendering;
  get(slot: Slot): unknown;
  set(slot: Slot, value: unknown): void;
  remove(slot: Slot): void;
  /** How the argument of a macro was written, which is what it prints when it has no value. */
  argumentText(parameter: string): string | undefined;
}

/** The variables of a template. */
export class TemplateScope implements Scope {
  private readonly values: unknown[] = [];

  constructor(readonly rendering: Rendering) {}

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
  readonly rendering: Rendering;
  private readonly own = new Map<Slot, unknown>();
  private readonly byName = new Map<Slot, MacroArgument>();
  private readonly argumentTexts = new Map<string, string>();

  constructor(private readonly caller: Scope) {
    this.rendering = caller.rendering;
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
  readonly rendering: Rendering;
  private active = true;

  constructor(private readonly outer: Scope, private readonly element: Slot) {
    this.rendering = outer.rendering;
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
