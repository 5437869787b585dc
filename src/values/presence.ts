import { pathOf } from './body-path';
import { FieldNode, ValueNode } from './value-node';

/** The Velocity condition under which a value is there; undefined when it always is. What is null counts as missing. */
export function presenceOf(node: ValueNode): string | undefined {
  switch (node.kind) {
    case 'field': return node.isOptional ? fieldPresence(node) : undefined;
    case 'expression': return node.isOptional ? `${node.expression} != ""` : undefined;
    case 'parameter': return node.isOptional ? `${parameterExpression(node.location, node.name)} != ""` : undefined;
    case 'json text':
    case 'base64':
    case 'attribute': return presenceOf(node.value);
    case 'text': return allOf(node.parts.map(presenceOf));
    default: return undefined;
  }
}

/** A header is not a query string parameter: `$input.params('x')` would take either. */
export function parameterExpression(location: 'header' | 'querystring', name: string): string {
  return `$input.params().${location}.get('${name}')`;
}

/** An empty string is there, but Velocity in API Gateway takes it for the same as what is missing: the container has to be asked. */
export function fieldPresence({ steps }: FieldNode): string | undefined {
  if (steps.length === 0) {
    return undefined;
  }
  const last = steps[steps.length - 1];
  const container = `$input.path('${pathOf(steps.slice(0, -1))}')`;
  const isThere = typeof last === 'number' ? `${container}.size() > ${last}` : `${container}.containsKey('${last}')`;
  return `${isThere} && $input.json('${pathOf(steps)}') != "null"`;
}

function allOf(conditions: ReadonlyArray<string | undefined>): string | undefined {
  const known = [...new Set(conditions.filter(condition => condition !== undefined))];
  return known.length === 0 ? undefined : known.join(' && ');
}
