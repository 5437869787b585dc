/** A whole template, compiled. */

import { Compilation, Dialect, Render } from './compilation';
import { Observer } from './observation';
import { compileBlock } from './statements';
import { JavaPatternError } from '../../java-pattern';
import { JsonPathLimitError, JsonPathSyntaxError } from '../../jsonpath';
import '../java/known-classes';
import { Output } from '../runtime/output';
import { Macro, Rendering } from '../runtime/rendering';
import { TemplateScope } from '../runtime/scope';
import { isStopCommand } from '../runtime/stop';
import { Slot, Symbols } from '../runtime/symbols';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';
import { beginWork } from '../runtime/work';
import { parseTemplate } from '../syntax/parser';
import { VtlSyntaxError } from '../syntax/vtl-syntax-error';

/** A compiled template of either dialect. */
export interface Program {
  /** Whether the template may change the maps and lists it is given. */
  readonly changesCollections: boolean;
  /** Renders the template with the variables that the given function knows. */
  run(initialValue: (name: string) => unknown): string;
}

type Names = NonNullable<Parameters<Compilation['compileSource']>[1]>;

/** Compiles a template; the observer sees what its statements come to. */
export function compileProgram(source: string, dialect: Dialect, observer?: Observer): Program {
  const symbols = new Symbols();
  const macros = new Map<string, Macro>();
  const traits = { changesCollections: false };
  const compileSource = (text: string, names: Names, observedBy?: Observer): Render => {
    const { root, stream } = parseTemplate(text, new Set(names.macros.keys()));
    const compileInner: Compilation['compileSource'] = (inner, innerNames = names) => compileSource(inner, innerNames);
    return compileBlock(root, { dialect, ...names, traits, stream, observer: observedBy, compileSource: compileInner });
  };
  const render = compileOrRefuse(() => compileSource(source, { symbols, macros }, observer));
  const names = Array.from(symbols.names());
  return {
    changesCollections: traits.changesCollections,
    run: (initialValue) => run(render, names, initialValue),
  };
}

/** What takes more calls to compile than the host can nest, such as an expression of ten thousand operators, is refused. */
function compileOrRefuse(compile: () => Render): Render {
  try {
    return compile();
  } catch (thrown) {
    throw thrown instanceof RangeError ? new VtlSyntaxError('The template is nested too deeply', 1, 1) : thrown;
  }
}

function run(render: Render, names: ReadonlyArray<[name: string, slot: Slot]>, initialValue: (name: string) => unknown): string {
  beginWork();
  const scope = new TemplateScope(new Rendering(initialValue));
  for (const [name, slot] of names) scope.set(slot, initialValue(name));
  const output = new Output();
  try {
    render(scope, output);
  } catch (thrown) {
    if (isStopCommand(thrown)) {
      if (thrown.stops === 'owner') throw new VtlRuntimeError('#break was given the scope of a loop that has ended');
    } else {
      throw asRuntimeError(thrown);
    }
  }
  return output.text;
}

/** What a template makes other parts refuse is an error of the template; so are the limits of the host (the depth of calls, the size of strings). */
function asRuntimeError(thrown: unknown): unknown {
  const isTemplateError = [VtlSyntaxError, JsonPathSyntaxError, JsonPathLimitError, JavaPatternError, RangeError].some((error) => thrown instanceof error);
  return isTemplateError ? new VtlRuntimeError((thrown as Error).message) : thrown;
}
