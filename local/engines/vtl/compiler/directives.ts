/** The directives that are not control structures of the grammar. */

import { Compilation, Render } from './compilation';
import { compileExpression } from './expressions';
import { compileForeach } from './foreach';
import { compileMacroCall, defineMacro } from './macros';
import { toText } from '../java/values';
import { Block } from '../runtime/block';
import { ForeachScope } from '../runtime/foreach-scope';
import { Scope } from '../runtime/rendering';
import { STOP_ALL, STOP_NEAREST, StopCommand, isStopCommand } from '../runtime/stop';
import { Symbols } from '../runtime/symbols';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';
import { BlockNode, DirectiveNode, Expression } from '../syntax/nodes';

/** Compiles the body of a directive; handed in because bodies contain directives in turn. */
export type CompileBlock = (node: BlockNode, compilation: Compilation) => Render;

/** Velocity's own limit to blocks that print themselves. */
const MAX_DEFINE_DEPTH = 2;

const NOTHING: Render = () => undefined;

/** Compiles a directive, or a call of a macro. */
export function compileDirective(node: DirectiveNode, compilation: Compilation, compileBlock: CompileBlock): Render {
  const body = node.body && compileBlock(node.body, compilation);
  switch (node.name) {
    case 'foreach': return compileForeach(node, compilation, requireBody(node, body, compilation));
    case 'define': return compileDefine(node, compilation, requireBody(node, body, compilation));
    case 'macro':
      defineMacro(node, compilation, requireBody(node, body, compilation));
      return NOTHING;
    case 'literal': return compileLiteral(node, compilation);
    case 'evaluate': return compileEvaluate(node, compilation);
    case 'break': return compileBreak(node, compilation);
    case 'stop': return compileStop(node, compilation);
    case 'parse':
    case 'include': return compileInclusion(node, compilation);
    default: return compileMacroCall(node, compilation, body);
  }
}

function fail({ name, first }: DirectiveNode, reason: string, { stream }: Compilation): never {
  return stream.lexer.fail(`#${name} ${reason}`, stream.tokenAt(first).offset);
}

function requireBody(node: DirectiveNode, body: Render | undefined, compilation: Compilation): Render {
  return body ?? fail(node, 'needs arguments in parentheses', compilation);
}

/** The expressions that a directive is given; words were refused by the parser. */
function expressions(node: DirectiveNode): Expression[] {
  return node.arguments.filter((argument) => argument.kind !== 'word');
}

function compileDefine(node: DirectiveNode, compilation: Compilation, body: Render): Render {
  const [variable, ...others] = node.arguments;
  if (!variable || others.length > 0) return fail(node, 'needs the name of one variable', compilation);
  const slot = compilation.symbols.slotOf(compilation.stream.tokenAt(variable.first).image.slice(1));
  return (scope) => scope.set(slot, new Block(scope, body, MAX_DEFINE_DEPTH));
}

function compileLiteral(node: DirectiveNode, compilation: Compilation): Render {
  const range = node.arguments[0] ?? node.body;
  if (!range || range.last < range.first) return fail(node, 'needs something to write', compilation);
  const text = compilation.stream.literal(range.first, range.last);
  return (_, output) => output.write(text);
}

function compileEvaluate(node: DirectiveNode, compilation: Compilation): Render {
  const [source, ...others] = expressions(node);
  if (!source || others.length > 0) return fail(node, 'needs exactly one argument', compilation);
  if (source.kind !== 'string' && source.kind !== 'reference') return fail(node, 'needs a string or a reference', compilation);
  for (const name of ['foreach', 'velocityCount', 'velocityHasNext']) compilation.symbols.slotOf(name);
  compilation.traits.changesCollections = true;
  const evaluate = compileExpression(source, compilation);
  return (scope, output) => {
    const text = toText(evaluate(scope) ?? '');
    scope.rendering.countEvaluated(text);
    const names = namesOfEvaluatedText(scope, compilation);
    const render = compilation.compileSource(text, names);
    assignInitialValues(scope, names.symbols);
    try {
      scope.rendering.nest(() => render(scope, output));
    } catch (thrown) {
      // Even #stop ends no more than the evaluation.
      if (!isStopCommand(thrown) || thrown.stops === 'owner') throw thrown;
    }
  };
}

function namesOfEvaluatedText({ rendering }: Scope, compilation: Compilation): NonNullable<Scope['rendering']['evaluated']> {
  rendering.evaluated ??= { symbols: new Symbols(compilation.symbols), macros: new Map() };
  return rendering.evaluated;
}

/** A variable that nothing mentioned so far has the value it was given from outside. */
function assignInitialValues(scope: Scope, symbols: Symbols): void {
  for (const [name, slot] of symbols.names()) {
    if (scope.get(slot) === undefined) {
      const value = scope.rendering.initialValue(name);
      if (value !== undefined) scope.set(slot, value);
    }
  }
}

function compileBreak(node: DirectiveNode, compilation: Compilation): Render {
  const [argument, ...others] = expressions(node);
  if (others.length > 0) return fail(node, 'takes no more than one scope', compilation);
  if (!argument) return () => raise(STOP_NEAREST);
  const evaluate = compileExpression(argument, compilation);
  const text = compilation.stream.literal(argument.first, argument.last);
  return (scope) => {
    const owner = evaluate(scope);
    if (!(owner instanceof ForeachScope)) throw new VtlRuntimeError(`${text} is not a scope that #break can end`);
    raise({ stops: 'owner', owner });
  };
}

function compileStop(node: DirectiveNode, compilation: Compilation): Render {
  const [argument, ...others] = expressions(node);
  if (others.length > 0) return fail(node, 'takes no more than one message', compilation);
  const evaluate = argument ? compileExpression(argument, compilation) : () => null;
  return (scope) => {
    evaluate(scope);
    raise(STOP_ALL);
  };
}

function raise(command: StopCommand): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw command;
}

/** There are no files: neither in API Gateway nor here. */
function compileInclusion(node: DirectiveNode, compilation: Compilation): Render {
  const [argument] = expressions(node);
  if (!argument) {
    if (node.name === 'include') return NOTHING;
    return () => {
      throw new VtlRuntimeError('#parse needs the name of a file');
    };
  }
  const evaluate = compileExpression(argument, compilation);
  return (scope) => {
    const name = evaluate(scope) ?? null;
    if (name !== null || node.name === 'include') {
      throw new VtlRuntimeError(`#${node.name} is not available: a mapping template has no files to ${node.name}`);
    }
  };
}
