/** JSONPath as the query language of a state. */
import { DefinitionNode } from '../definition-node';
import { StateFault, runtimeFault } from '../errors';
import { Field, QueryLanguage } from '../query-language';
import { Visit } from '../state';
import { parseTimestamp } from '../timestamp';
import { compileCondition } from './choice-condition';
import { compileCatch, compileDataFlow, compileFinish, compileTemplateField } from './json-path-data-flow';
import { PathReference, compilePath } from './path-reference';
import { StringExpression, compileStringExpression } from './string-expression';

/** The JSONPath query language. */
export const JSON_PATH: QueryLanguage = {
  name: 'JSONPath',
  dataFlow: compileDataFlow,
  catcher: compileCatch,

  choiceRule: (rule, state) => ({
    applies: compileCondition(rule),
    dataFlow: { argument: visit => visit.input, ...compileFinish(state, rule) },
  }),

  template: (node, field) => {
    const template = compileTemplateField(node, field);
    return template && ((visit, argument) => template.evaluate(visit, argument));
  },

  number: (node, field, { minimum, maximum, integer }) => {
    const pathField = `${field}Path`;
    const path = pathIn(node, pathField);
    if (!path) {
      const value = integer ? node.integer(field, minimum, maximum) : node.number(field, minimum);
      return value === undefined ? undefined : () => value;
    }
    if (node.has(field)) node.report(`Only one of the fields "${field}" and "${pathField}" may be given`);
    return (visit, argument) => {
      const value = field === 'Seconds' ? readSeconds(path, visit, argument) : readOrFail(path, visit, argument);
      if (typeof value !== 'number' || (integer && !Number.isInteger(value))) {
        const shown = typeof value === 'string' ? value : JSON.stringify(value);
        throw runtimeFault(`The ${pathField} field refers to value "${shown}" which is not a valid ${integer ? 'integer' : 'float'}: ${path.text}`);
      }
      if (value < minimum || value > maximum) {
        throw runtimeFault(maximum === Infinity ? `${field} cannot be negative.` : `${field} must be between ${minimum} and ${maximum}.`);
      }
      return value;
    };
  },

  text: (node, field) => {
    const pathField = `${field}Path`;
    if (!node.has(pathField)) {
      const text = node.text(field);
      return text === undefined ? undefined : () => text;
    }
    if (node.has(field)) node.report(`Only one of the fields "${field}" and "${pathField}" may be given`);
    const expression = expressionIn(node, pathField);
    return expression && ((visit, argument) => {
      const value = expression(visit, argument);
      if (typeof value === 'string') return value;
      throw runtimeFault(`The ${pathField} field refers to value "${JSON.stringify(value)}" which is not a valid string: ${node.text(pathField)}`);
    });
  },

  timestamp: node => {
    const path = pathIn(node, 'TimestampPath');
    if (!path) return constantTimestamp(node);
    return (visit, argument) => {
      const value = path.read(visit, argument);
      if (value === undefined) throw runtimeFault(`The TimestampPath parameter does not reference an input value: ${path.text}`);
      const instant = typeof value === 'string' ? parseTimestamp(value) : undefined;
      if (instant !== undefined) return instant;
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      throw runtimeFault(`The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path.text} == ${shown}`);
    };
  },

  items: node => {
    const path = pathIn(node, 'ItemsPath') ?? compilePath('$');
    return (visit, argument) => {
      const value = readOrFail(path, visit, argument);
      if (Array.isArray(value)) return value as unknown[];
      throw runtimeFault(`Reference path "${path.innerText}" must point to array.`);
    };
  },
};

function constantTimestamp(node: DefinitionNode): Field<number> | undefined {
  const text = node.text('Timestamp');
  if (text === undefined) return undefined;
  const instant = parseTimestamp(text);
  if (instant === undefined) node.report('Value is not a valid timestamp', 'Timestamp');
  return () => instant ?? 0;
}

function readSeconds(path: PathReference, visit: Visit, root: unknown): unknown {
  const value = path.read(visit, root);
  if (value === undefined) throw runtimeFault(`The SecondsPath parameter does not reference an input value: ${path.text}`);
  return value;
}

function readOrFail(path: PathReference, visit: Visit, root: unknown): unknown {
  const value = path.read(visit, root);
  if (value === undefined) throw invalidPath(path, visit, root);
  return value;
}

function invalidPath(path: PathReference, visit: Visit, root: unknown): StateFault {
  return runtimeFault(`Invalid path '${path.text}' : ${path.failure(visit, root)}`);
}

function pathIn(node: DefinitionNode, field: string): PathReference | undefined {
  const text = node.text(field);
  if (text === undefined) return undefined;
  try {
    return compilePath(text);
  } catch {
    node.report('Value is not a valid JSONPath', field);
    return undefined;
  }
}

function expressionIn(node: DefinitionNode, field: string): StringExpression | undefined {
  try {
    return compileStringExpression(node.requiredText(field), field);
  } catch {
    node.report('Value must be a valid JSONPath or a valid intrinsic function call', field);
    return undefined;
  }
}
