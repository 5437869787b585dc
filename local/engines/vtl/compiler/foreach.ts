/** `#foreach`. */

import { Compilation, Evaluate, Render } from './compilation';
import { compileBounds, compileExpression } from './expressions';
import { iterate } from '../java/calls';
import { Cursor } from '../java/cursor';
import { ForeachScope } from '../runtime/foreach-scope';
import { Scope } from '../runtime/rendering';
import { NullElementScope } from '../runtime/scope';
import { stops } from '../runtime/stop';
import { Slot } from '../runtime/symbols';
import { DirectiveArgument, DirectiveNode } from '../syntax/nodes';

/** A range that stands in the loop itself needs no list. */
class RangeCursor implements Cursor {
  private readonly step: 1 | -1;
  private remaining: number;

  constructor(private value: number, last: number) {
    this.step = last >= value ? 1 : -1;
    this.remaining = Math.abs(last - value) + 1;
  }

  hasNext(): boolean {
    return this.remaining > 0;
  }

  next(): number {
    const { value } = this;
    this.value += this.step;
    this.remaining--;
    return value;
  }
}

/** Compiles a loop; its arguments are the variable, a word, and what to go through. */
export function compileForeach(node: DirectiveNode, compilation: Compilation, body: Render): Render {
  const { symbols, dialect } = compilation;
  const [variable, , collection] = node.arguments;
  if (!variable) throw compilation.stream.lexer.fail('A #foreach needs a variable', compilation.stream.tokenAt(node.first).offset);
  const element = symbols.slotOf(variableName(variable, compilation));
  const findCursor = compileCursor(collection, compilation);
  return (scope, output) => {
    const cursor = findCursor(scope);
    if (!cursor) return;
    const loop = new Loop(scope, element, symbols.find('foreach'), symbols.find('velocityCount'), symbols.find('velocityHasNext'));
    let nullScope: NullElementScope | undefined;
    let count = 0;
    try {
      while (count < dialect.maxIterations && cursor.hasNext()) {
        scope.rendering.countIteration();
        const value = cursor.next();
        count++;
        loop.advance(value, count, cursor);
        if (value === null) nullScope ??= new NullElementScope(scope, element);
        body(value === null && nullScope ? nullScope : scope, output);
      }
    } catch (thrown) {
      if (!stops(thrown, loop.scopeObject)) {
        loop.restore();
        throw thrown;
      }
    }
    loop.restore();
  };
}

function variableName(argument: DirectiveArgument, { stream }: Compilation): string {
  return argument.kind === 'reference' ? argument.name : stream.tokenAt(argument.first).image.slice(1);
}

/** A loop without anything to go through is no error. */
function compileCursor(collection: DirectiveArgument | undefined, compilation: Compilation): (scope: Scope) => Cursor | undefined {
  if (!collection || collection.kind === 'word') return () => undefined;
  if (collection.kind === 'range') {
    const bounds = compileBounds(collection, compilation);
    return (scope) => {
      const range = bounds(scope);
      return range && new RangeCursor(...range);
    };
  }
  const evaluate: Evaluate = compileExpression(collection, compilation);
  return (scope) => {
    const value = evaluate(scope);
    return value === null || value === undefined ? undefined : iterate(value);
  };
}

/** The variables that a loop sets, and gives back when it ends. Those that the template does not mention are not set at all. */
class Loop {
  readonly scopeObject: ForeachScope | undefined;
  private readonly savedElement: unknown;
  private readonly savedCount: unknown;
  private readonly savedHasNext: unknown;

  constructor(
    private readonly scope: Scope,
    private readonly element: Slot,
    private readonly foreach: Slot | undefined,
    private readonly velocityCount: Slot | undefined,
    private readonly velocityHasNext: Slot | undefined,
  ) {
    this.savedElement = scope.get(element);
    this.savedCount = velocityCount === undefined ? undefined : scope.get(velocityCount);
    this.savedHasNext = velocityHasNext === undefined ? undefined : scope.get(velocityHasNext);
    if (foreach !== undefined) {
      this.scopeObject = new ForeachScope(scope.get(foreach));
      scope.set(foreach, this.scopeObject);
    }
  }

  advance(value: unknown, count: number, cursor: Cursor): void {
    const { scope, velocityCount, velocityHasNext, scopeObject } = this;
    if (velocityCount !== undefined) scope.set(velocityCount, count);
    if (velocityHasNext !== undefined) scope.set(velocityHasNext, cursor.hasNext());
    scope.set(this.element, value);
    if (scopeObject) {
      scopeObject.index = count - 1;
      scopeObject.hasNextElement = cursor.hasNext();
    }
  }

  restore(): void {
    this.giveBack(this.element, this.savedElement);
    if (this.velocityCount !== undefined) this.giveBack(this.velocityCount, this.savedCount);
    if (this.velocityHasNext !== undefined) this.giveBack(this.velocityHasNext, this.savedHasNext);
    if (this.foreach === undefined) return;
    const current = this.scope.get(this.foreach);
    if (current instanceof ForeachScope) this.giveBack(this.foreach, current.parent ?? current.replaced);
  }

  private giveBack(slot: Slot, saved: unknown): void {
    if (saved === null || saved === undefined) {
      this.scope.remove(slot);
    } else {
      this.scope.set(slot, saved);
    }
  }
}
