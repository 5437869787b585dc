/** What `#define` assigns, and what a macro called with a body finds in `$bodyContent`: template to be rendered where it is printed. */

import { Output } from './output';
import { Scope } from './rendering';
import { stops } from './stop';
import { defineClass } from '../java/java-class';
import { OBJECT_METHODS } from '../java/object-methods';

/** Writes a part of a template. */
export type Render = (scope: Scope, output: Output) => void;

/** A block. It may call itself, but only so deep. */
export class Block {
  private depth = 0;

  constructor(private readonly definitionScope: Scope, private readonly body: Render, private readonly maxDepth: number) {}

  /** Writes the block with the variables of the place where it is printed; returns false, writing nothing, when it is too deep in itself. */
  render(scope: Scope, output: Output): boolean {
    if (this.depth >= this.maxDepth) return false;
    this.depth++;
    try {
      scope.rendering.nest(() => this.body(scope, output));
    } catch (thrown) {
      if (!stops(thrown, this)) throw thrown;
    } finally {
      this.depth--;
    }
    return true;
  }

  /** The text of the block with the variables of the place where it was defined; null when it is too deep in itself. */
  toText(): string | null {
    const output = new Output();
    return this.render(this.definitionScope, output) ? output.text : null;
  }
}

defineClass(Block, {
  name: 'org.apache.velocity.runtime.directive.Block$Reference',
  text: (self) => self.toText(),
  methods: OBJECT_METHODS,
});
