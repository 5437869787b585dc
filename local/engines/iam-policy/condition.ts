/** The Condition element of a statement: every operator and every key in it has to hold. */
import { CONDITION_OPERATORS, ConditionOperator, ValueTest } from './condition-operators';
import { parseDate } from './date';
import { legacyParsingError, syntaxError } from './malformed-policy-document-error';
import { RequestContext } from './request-context';

/** A compiled condition on one key. */
export type Condition = (context: RequestContext) => boolean;

const OPERATOR_NAME = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/i;

/** Compiles a Condition element, or refuses what does not have its shape. */
export function compileConditions(element: unknown, variables: boolean): Condition[] {
  if (element === undefined) return [];
  if (!isObject(element)) throw syntaxError('Condition is not an object');
  return Object.entries(element).flatMap(([operatorName, keys]) => {
    if (!isObject(keys)) throw syntaxError(`the condition "${operatorName}" is not an object`);
    // IAM takes any name for an operator that has no keys.
    const entries = Object.entries(keys);
    return entries.length === 0 ? [] : compileOperator(operatorName, entries, variables);
  });
}

/** Refuses dates that are none: the only values that IAM reads when it accepts a policy. */
export function checkDates(element: unknown): void {
  if (!isObject(element)) return;
  for (const [operatorName, keys] of Object.entries(element)) {
    if (!isObject(keys) || !/^(?:For(?:All|Any)Values?:)?Date/i.test(operatorName)) continue;
    for (const [key, value] of Object.entries(keys)) {
      for (const text of readValues(operatorName, key, value)) {
        if (parseDate(text) === undefined) throw legacyParsingError(`"${text}" under "${key}" is not a date`);
      }
    }
  }
}

function compileOperator(operatorName: string, entries: readonly [string, unknown][], variables: boolean): Condition[] {
  const [, set = '', name = '', ifExists] = OPERATOR_NAME.exec(operatorName) ?? [];
  if (name.toLowerCase() === 'null' && set === '' && ifExists === undefined) {
    return entries.map(([key, value]) => compileNull(key.toLowerCase(), readValues(operatorName, key, value)));
  }
  const operator = CONDITION_OPERATORS.get(name.toLowerCase());
  if (operator === undefined) throw syntaxError(`unknown condition operator "${operatorName}"`);
  return entries.map(([key, value]) => {
    const tests = readValues(operatorName, key, value).map(policyValue => operator.compile(policyValue, variables));
    return compileKey(key.toLowerCase(), operator, tests, set.toLowerCase(), ifExists !== undefined);
  });
}

function compileNull(key: string, policyValues: readonly string[]): Condition {
  const expected = new Set(policyValues.map(value => value.toLowerCase()));
  return context => {
    const values = context.get(key);
    return expected.has(values === undefined || values.length === 0 ? 'true' : 'false');
  };
}

function compileKey(key: string, operator: ConditionOperator, tests: readonly ValueTest[], set: string, ifExists: boolean): Condition {
  const holds = (value: string, context: RequestContext): boolean => {
    let matched = false;
    for (const test of tests) {
      const result = test(value, context);
      // A variable that cannot be replaced makes the statement void, whatever the operator.
      if (result === undefined) return false;
      matched ||= result;
    }
    return matched !== operator.negated;
  };
  return context => {
    const values = context.get(key);
    if (values === undefined || values.length === 0) {
      return ifExists || set === 'forallvalues' || (set === '' && operator.negated);
    }
    if (set === 'forallvalues') return values.every(value => holds(value, context));
    if (set === 'foranyvalue') return values.some(value => holds(value, context));
    // Several values are compared by a set operator only.
    return values.length === 1 && holds(values[0], context);
  };
}

function readValues(operatorName: string, key: string, value: unknown): string[] {
  return (Array.isArray(value) ? value as unknown[] : [value]).map(member => {
    if (typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean') return String(member);
    throw syntaxError(`the value of "${key}" in the condition "${operatorName}" is neither a string nor a list of strings`);
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
