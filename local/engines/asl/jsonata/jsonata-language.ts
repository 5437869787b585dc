/** JSONata as the query language of a state. */
import { DefinitionNode } from '../definition-node';
import { queryEvaluationFault } from '../errors';
import { typeName } from '../json';
import { MaybePromise, chain } from '../maybe-promise';
import { Field, NumberRange, QueryLanguage } from '../query-language';
import { Visit } from '../state';
import { parseTimestamp } from '../timestamp';
import { compileDataFlow, compileFinish } from './jsonata-data-flow';
import { JsonataExpression } from './jsonata-expression';
import { compileExpression, compileTemplate, expressionText } from './jsonata-template';

/** The JSONata query language. */
export const JSONATA: QueryLanguage = {
  name: 'JSONata',
  dataFlow: node => compileDataFlow(node),

  catcher: (node, label) => {
    const finish = compileFinish(node, `${label}/`);
    return visit => finish(visit, visit.errorOutput);
  },

  choiceRule: (node, _, label) => {
    const condition = node.value('Condition');
    const location = `${label}/Condition`;
    const text = expressionText(condition);
    const expression = text === undefined ? undefined : compileExpression(text, node, 'Condition');
    if (!expression && typeof condition !== 'boolean') node.report('The field "Condition" must be a JSONata expression or a boolean', 'Condition');
    return {
      applies: visit => expression ? evaluateAs<boolean>(expression, visit, location, 'boolean') : condition === true,
      dataFlow: compileDataFlow(node, `${label}/`),
    };
  },

  template: (node, field) => {
    if (!node.has(field)) return undefined;
    const { evaluate, constant } = compileTemplate(node.value(field), node, field);
    return evaluate ?? (() => constant);
  },

  number: (node, field, range) => {
    const value = node.value(field);
    if (value === undefined) return undefined;
    if (typeof value === 'number') {
      if (!withinRange(value, range)) node.report(outOfRange(field, range), field);
      return () => value;
    }
    const expression = expressionField(node, field);
    if (!expression) return undefined;
    return visit => chain(evaluateAs<number>(expression, visit, field, 'number'), number => {
      checkRange(number, range, field);
      return number;
    });
  },

  text: (node, field) => {
    const value = node.value(field);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && expressionText(value) === undefined) return () => value;
    const expression = expressionField(node, field);
    return expression && (visit => evaluateAs<string>(expression, visit, field, 'string'));
  },

  timestamp: node => {
    const value = node.value('Timestamp');
    if (value === undefined) return undefined;
    if (typeof value === 'string' && expressionText(value) === undefined) {
      const instant = parseTimestamp(value);
      if (instant === undefined) node.report('Value is not a valid timestamp', 'Timestamp');
      return () => instant ?? 0;
    }
    const expression = expressionField(node, 'Timestamp');
    return expression && (visit => chain(evaluateAs<string>(expression, visit, 'Timestamp', 'string'), text => {
      const instant = parseTimestamp(text);
      if (instant !== undefined) return instant;
      throw queryEvaluationFault(`The JSONata expression '${expression.text}' specified for the field 'Timestamp' does not return a valid ISO-8601 extended offset date-time format string: ${text}`, 'Timestamp');
    }));
  },

  items: node => {
    const value = node.value('Items');
    if (value === undefined) {
      return ({ input }) => {
        if (Array.isArray(input)) return input as unknown[];
        throw queryEvaluationFault(`Map state input must be an array but was: ${JSON.stringify(input)}`, 'Items');
      };
    }
    if (Array.isArray(value)) {
      const { evaluate, constant } = compileTemplate(value, node, 'Items');
      return evaluate ? evaluate as Field<unknown[]> : () => constant as unknown[];
    }
    const expression = expressionField(node, 'Items');
    return visit => expression ? evaluateAs<unknown[]>(expression, visit, 'Items', 'array') : [];
  },
};

function expressionField(node: DefinitionNode, field: string): JsonataExpression | undefined {
  const text = expressionText(node.value(field));
  if (text === undefined) {
    node.report('Value must be a JSONata expression', field);
    return undefined;
  }
  return compileExpression(text, node, field);
}

function evaluateAs<T>(expression: JsonataExpression, visit: Visit, location: string, type: string): MaybePromise<T> {
  return chain(expression.evaluate(visit, location), value => {
    const actual = typeName(value);
    if (actual === type) return value as T;
    throw queryEvaluationFault(
      `The JSONata expression '${expression.text}' specified for the field '${location}' returned an unexpected result type. Expected '${type}', but was '${actual}' for value: ${JSON.stringify(value)}`,
      location,
    );
  });
}

function withinRange(value: number, { minimum, maximum, integer }: NumberRange): boolean {
  return value >= minimum && value <= maximum && (!integer || Number.isInteger(value));
}

function checkRange(value: number, range: NumberRange, field: string): void {
  if (range.integer && !Number.isInteger(value)) throw queryEvaluationFault(`The ${field} field cannot be parsed as an integer: ${value}`, field);
  if (!withinRange(value, range)) {
    throw queryEvaluationFault(`${outOfRange(field, range)} but was: ${value}`, field);
  }
}

function outOfRange(field: string, { minimum, maximum }: NumberRange): string {
  return maximum === Infinity ? `${field} cannot be negative` : `${field} must be between ${minimum} and ${maximum}`;
}
