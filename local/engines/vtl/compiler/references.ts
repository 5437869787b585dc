/** References to closures: how they find their value, how they print, and how they are assigned to. */

import { Compilation, Evaluate, Render } from './compilation';
import { ElementAccess, MethodCall, NO_SUCH_METHOD, PropertyAccess, setElement, setProperty } from '../java/calls';
import { textOrNull } from '../java/values';
import { Block } from '../runtime/block';
import { Scope } from '../runtime/rendering';
import { Expression, ReferenceNode, ReferenceStep } from '../syntax/nodes';

/** Compiles the expressions inside a reference; handed in because expressions contain references in turn. */
export type CompileExpression = (node: Expression, compilation: Compilation) => Evaluate;

type Step = (target: unknown, scope: Scope) => unknown;

/** Methods that change what they are called on. */
const CHANGING_METHODS: ReadonlySet<string> = new Set([
  'put', 'putAll', 'putIfAbsent', 'remove', 'clear', 'setValue', 'set', 'add', 'addAll', 'removeAll', 'retainAll',
]);

/** Compiles a reference for its value. */
export function compileReference(node: ReferenceNode, compilation: Compilation, compileExpression: CompileExpression): Evaluate {
  return node.computable ? compileValue(node, compilation, compileExpression) : () => null;
}

function compileValue(node: ReferenceNode, compilation: Compilation, compileExpression: CompileExpression): Evaluate {
  if (node.runt) return () => null;
  const missing = compilation.dialect.missingValue;
  const slot = compilation.symbols.slotOf(node.name);
  const steps = node.steps.map((step) => compileStep(step, compilation, compileExpression));
  switch (steps.length) {
    case 0: return (scope) => scope.get(slot) ?? missing;
    case 1: {
      const [step] = steps;
      return (scope) => {
        const root = scope.get(slot);
        return root === null || root === undefined ? missing : step(root, scope) ?? missing;
      };
    }
    default: return (scope) => {
      let value = scope.get(slot);
      for (const step of steps) {
        if (value === null || value === undefined) return missing;
        value = step(value, scope);
      }
      return value ?? missing;
    };
  }
}

function compileStep(step: ReferenceStep, compilation: Compilation, compileExpression: CompileExpression): Step {
  switch (step.kind) {
    case 'property': {
      const access = new PropertyAccess(step.name);
      return (target) => access.get(target);
    }
    case 'index': {
      const access = new ElementAccess();
      const index = compileExpression(step.index, compilation);
      return (target, scope) => access.get(target, index(scope) ?? null);
    }
    case 'method': {
      if (CHANGING_METHODS.has(step.name)) compilation.traits.changesCollections = true;
      return compileCall(step.name, step.arguments.map((argument) => compileExpression(argument, compilation)));
    }
  }
}

function compileCall(name: string, parameters: readonly Evaluate[]): Step {
  const call = new MethodCall(name, parameters.length);
  if (parameters.length === 1) {
    const [parameter] = parameters;
    return (target, scope) => {
      const result = call.invokeWithOne(target, parameter(scope));
      return result === NO_SUCH_METHOD ? null : result;
    };
  }
  return (target, scope) => {
    const result = call.invoke(target, parameters.map((parameter) => parameter(scope) ?? null));
    return result === NO_SUCH_METHOD ? null : result;
  };
}

/** Compiles a reference that stands in text. */
export function compileReferenceOutput(node: ReferenceNode, compilation: Compilation, compileExpression: CompileExpression): Render {
  const { name, escapePrefix, textPrefix, nullText } = node;
  if (node.runt) return (_, output) => output.write(name);
  const evaluate = compileValue(node, compilation, compileExpression);
  if (node.escaped) {
    return (scope, output) => {
      const value = evaluate(scope) ?? null;
      output.write(`${escapePrefix}${value === null ? '\\' : ''}${scope.argumentText(nullText) ?? nullText}`);
    };
  }
  const prefix = escapePrefix + textPrefix;
  return (scope, output) => {
    const value = evaluate(scope);
    if (typeof value === 'string') {
      output.write(prefix === '' ? value : prefix + value);
      return;
    }
    if (value instanceof Block && value.render(scope, output)) return;
    const text = textOrNull(value);
    // The backslashes come twice before something that has no value.
    output.write(text === null ? escapePrefix + prefix + (scope.argumentText(nullText) ?? nullText) : prefix + text);
  };
}

/** Compiles the left side of `#set`. */
export function compileAssignment(node: ReferenceNode, compilation: Compilation, compileExpression: CompileExpression): (scope: Scope, value: unknown) => void {
  if (node.steps.length === 0) {
    const slot = compilation.symbols.slotOf(node.imageName);
    return (scope, value) => scope.set(slot, value);
  }
  compilation.traits.changesCollections = true;
  const slot = compilation.symbols.slotOf(node.name);
  const steps = node.steps.slice(0, -1).map((step) => compileStep(step, compilation, compileExpression));
  const assign = compileStepAssignment(node.steps[node.steps.length - 1], compilation, compileExpression);
  return (scope, value) => {
    let target = scope.get(slot);
    for (const step of steps) {
      if (target === null || target === undefined) return;
      target = step(target, scope);
    }
    if (target !== null && target !== undefined) assign(target, value, scope);
  };
}

function compileStepAssignment(
  step: ReferenceStep,
  compilation: Compilation,
  compileExpression: CompileExpression,
): (target: unknown, value: unknown, scope: Scope) => void {
  if (step.kind !== 'index') return (target, value) => setProperty(target, step.name, value);
  const index = compileExpression(step.index, compilation);
  return (target, value, scope) => setElement(target, index(scope) ?? null, value);
}
