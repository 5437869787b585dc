/** The variables of a template, and of the macros and loops in it. */

import { Rendering, Scope } from './rendering';
import { Slot } from './symbols';

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
