/** The condition functions, which are allowed in the Conditions section only. */
import { isDeepStrictEqual } from 'util';
import { isObject } from './json';

/** What the evaluation of a condition sees of the template around it. */
export interface ConditionScope {
  resolve(value: unknown, ...segments: string[]): unknown;
  condition(name: string): boolean;
  within<T>(segment: string, read: () => T): T;
  fail(problem: string): never;
}

/** The names of the condition functions. */
export const CONDITION_FUNCTIONS: ReadonlySet<string> = new Set(['Fn::And', 'Fn::Equals', 'Fn::Not', 'Fn::Or']);

/** Evaluates the body of a condition. */
export function evaluateCondition(body: unknown, scope: ConditionScope): boolean {
  const entries = isObject(body) ? Object.entries(body) : [];
  if (entries.length !== 1) scope.fail('Template format error: Conditions can only be boolean operations on parameters and other conditions');
  const [[key, argument]] = entries;
  return scope.within(key, () => applyCondition(key, argument, scope));
}

function applyCondition(key: string, argument: unknown, scope: ConditionScope): boolean {
  switch (key) {
    case 'Condition':
      if (typeof argument !== 'string') scope.fail('Template error: every Condition member must be a string.');
      return scope.condition(argument);
    case 'Fn::Equals': {
      const [left, right] = operands(key, argument, 2, 2, scope).map((operand, index) => comparable(scope.resolve(operand, String(index))));
      return isDeepStrictEqual(left, right);
    }
    case 'Fn::Not':
      return !evaluateOperands(operands(key, argument, 1, 1, scope), scope)[0];
    case 'Fn::And':
      return evaluateOperands(operands(key, argument, 2, 10, scope), scope).every(Boolean);
    case 'Fn::Or':
      return evaluateOperands(operands(key, argument, 2, 10, scope), scope).some(Boolean);
    default:
      return scope.fail('Template format error: Conditions can only be boolean operations on parameters and other conditions');
  }
}

/** Every operand is evaluated, so that a broken one is reported whatever the others say. */
function evaluateOperands(bodies: readonly unknown[], scope: ConditionScope): boolean[] {
  return bodies.map((body, index) => scope.within(String(index), () => evaluateCondition(body, scope)));
}

function operands(key: string, argument: unknown, minimum: number, maximum: number, scope: ConditionScope): unknown[] {
  if (Array.isArray(argument) && argument.length >= minimum && argument.length <= maximum) return argument;
  const count = minimum === maximum ? `${minimum}` : `at least ${minimum} and at most ${maximum}`;
  return scope.fail(`Template error: every ${key} object requires a list of ${count} ${key === 'Fn::Equals' ? 'string' : 'boolean'} parameters`);
}

/** CloudFormation compares texts: `true` in a template equals the parameter value `true`. */
function comparable(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
