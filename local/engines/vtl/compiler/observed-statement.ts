/** Statements that tell what they come to. */

import { Compilation, Render } from './compilation';
import { Observer, StatementPlace } from './observation';
import { textOrNull } from '../java/values';
import { isStopCommand } from '../runtime/stop';
import { Statement } from '../syntax/nodes';

/** The statement as it is, and told of. */
export function observed(statement: Statement, render: Render, observer: Observer, { stream, symbols }: Compilation): Render {
  const range = rangeOf(statement);
  if (!range) return render;
  const written = stream.literal(range.first, range.last);
  const place: StatementPlace = { ...stream.location(stream.tokenAt(range.first)), text: statement.kind === 'set' ? `#set(${written})` : written };
  const slot = statement.kind === 'set' && statement.target.steps.length === 0 ? symbols.slotOf(statement.target.imageName) : undefined;
  return (scope, output) => {
    const from = output.text.length;
    try {
      render(scope, output);
    } catch (thrown) {
      if (observer.current && !isStopCommand(thrown)) observer.current.failed ??= place;
      throw thrown;
    }
    if (statement.kind === 'reference') {
      observer.current?.add({ ...place, value: output.text.slice(from), written: [from, output.text.length] });
    } else if (slot !== undefined) {
      observer.current?.add({ ...place, value: textOf(scope.get(slot)) });
    }
  };
}

/** What cannot be printed has no text. */
function textOf(value: unknown): string | null {
  try {
    return textOrNull(value);
  } catch {
    return null;
  }
}

function rangeOf(statement: Statement): { readonly first: number; readonly last: number } | undefined {
  switch (statement.kind) {
    case 'text': return undefined;
    case 'set': return { first: statement.target.first, last: statement.value.last };
    case 'if': return statement.branches[0].condition;
    default: return statement;
  }
}
