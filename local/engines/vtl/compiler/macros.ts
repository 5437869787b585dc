/** `#macro`, and calls of macros. */

import { Compilation, Evaluate, Render } from './compilation';
import { compileExpression } from './expressions';
import { Block } from '../runtime/block';
import { Macro, Scope } from '../runtime/rendering';
import { MacroArgument, MacroScope } from '../runtime/scope';
import { stops } from '../runtime/stop';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';
import { DirectiveArgument, DirectiveNode } from '../syntax/nodes';

/** The name of the variable that holds the body of a call such as `#@name() body #end`. */
const BODY_VARIABLE = 'bodyContent';
const MAX_BODY_DEPTH = 20;

/** Makes a macro known to the whole template, the parts before it included. It writes nothing where it is defined. */
export function defineMacro(node: DirectiveNode, compilation: Compilation, body: Render): void {
  const { stream, symbols, macros } = compilation;
  const [name, ...parameters] = node.arguments.map((argument) => stream.tokenAt(argument.first).image);
  macros.set(name, {
    parameters: parameters.map((image) => (image.startsWith('$') ? image.slice(1) : image)).map((parameter) => ({ name: parameter, slot: symbols.slotOf(parameter) })),
    render: body,
  });
}

/** Compiles a call. Which macro it calls is only known when it is rendered; one that does not exist prints as it was written. */
export function compileMacroCall(node: DirectiveNode, compilation: Compilation, body: Render | undefined): Render {
  const { stream, macros, symbols } = compilation;
  const isBlockCall = node.name.startsWith('@');
  if (isBlockCall && !body) return (_, output) => output.write(`#${node.name}`);
  const name = isBlockCall ? node.name.slice(1) : node.name;
  const text = stream.images(node.first, node.last);
  const word = node.arguments.find((argument) => argument.kind === 'word');
  const parameters = node.arguments.map((argument) => compileArgument(argument, compilation));
  const bodySlot = symbols.slotOf(BODY_VARIABLE);
  return (scope, output) => {
    const macro = scope.rendering.evaluated?.macros.get(name) ?? macros.get(name);
    if (!macro) {
      output.write(text);
      return;
    }
    if (word) throw new VtlRuntimeError(`A call of the macro #${name} can not have the argument "${stream.literal(word.first, word.last)}"`);
    const inner = enterMacro(macro, scope, parameters);
    if (body) inner.addBody(bodySlot, new Block(scope, body, MAX_BODY_DEPTH));
    try {
      scope.rendering.callMacro(name, () => macro.render(inner, output));
    } catch (thrown) {
      if (!stops(thrown)) throw thrown;
    }
  };
}

function enterMacro(macro: Macro, caller: Scope, parameters: readonly MacroArgument[]): MacroScope {
  const scope = new MacroScope(caller);
  macro.parameters.slice(0, parameters.length).forEach(({ name, slot }, index) => scope.addArgument(slot, name, parameters[index]));
  return scope;
}

function compileArgument(argument: DirectiveArgument, compilation: Compilation): MacroArgument {
  const text = compilation.stream.literal(argument.first, argument.last);
  const constant = argument.kind === 'integer' || argument.kind === 'float' || argument.kind === 'boolean' || argument.kind === 'word';
  return { constant, text, evaluate: compileArgumentValue(argument, compilation) };
}

/** A plain variable is passed on as it is, even where a missing one would be the empty string: what prints it decides. */
function compileArgumentValue(argument: DirectiveArgument, compilation: Compilation): Evaluate {
  if (argument.kind === 'word') return () => null;
  if (argument.kind !== 'reference' || argument.steps.length > 0) return compileExpression(argument, compilation);
  const slot = compilation.symbols.slotOf(argument.name);
  return (scope) => scope.get(slot);
}
