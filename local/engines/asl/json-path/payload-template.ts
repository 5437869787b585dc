/** Payload templates: JSON values in which the members whose names end in `.$` are computed. */
import { DefinitionNode } from '../definition-node';
import { JsonObject, isObject, setMember } from '../json';
import { Visit } from '../state';
import { StringExpression, compileStringExpression } from './string-expression';

/** A compiled template; constant parts are shared between its results. */
export interface PayloadTemplate {
  readonly constant: boolean;
  evaluate(visit: Visit, root: unknown): unknown;
}

/** Compiles a template, reporting members that are neither a path nor an intrinsic function call. */
export function compilePayloadTemplate(value: unknown, node: DefinitionNode, field: string): PayloadTemplate {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => compilePayloadTemplate(item, node, `${field}[${index}]`));
    if (items.every(({ constant }) => constant)) return constantTemplate(value);
    return { constant: false, evaluate: (visit, root) => items.map(item => item.evaluate(visit, root)) };
  }
  if (!isObject(value)) return constantTemplate(value);
  return compileObject(value, node, field);
}

function compileObject(value: JsonObject, node: DefinitionNode, field: string): PayloadTemplate {
  const members: Array<readonly [string, StringExpression]> = [];
  let constant = true;
  for (const [name, member] of Object.entries(value)) {
    if (name.endsWith('.$')) {
      constant = false;
      members.push([name.slice(0, -2), compileMember(name, member, node, field)]);
    } else {
      const template = compilePayloadTemplate(member, node, `${field}/${name}`);
      constant &&= template.constant;
      members.push([name, (visit, root) => template.evaluate(visit, root)]);
    }
  }
  if (constant) return constantTemplate(value);
  return {
    constant,
    evaluate: (visit, root) => {
      const result: JsonObject = {};
      for (const [name, evaluate] of members) setMember(result, name, evaluate(visit, root));
      return result;
    },
  };
}

function compileMember(name: string, member: unknown, node: DefinitionNode, field: string): StringExpression {
  try {
    if (typeof member === 'string') return compileStringExpression(member, name);
  } catch {
    // Reported below, like a value that is not even a string.
  }
  node.report(`The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`, `${field}/${name}`);
  return () => undefined;
}

function constantTemplate(value: unknown): PayloadTemplate {
  return { constant: true, evaluate: () => value };
}
