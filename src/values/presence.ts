import { quotedPath, Step } from './body-path';
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
    case 'object': return node.isWhole ? allOf(node.members.map(([, member]) => presenceOf(member))) : undefined;
    default: return undefined;
  }
}

/** A header is not a query string parameter: `$input.params('x')` would take either. */
export function parameterExpression(location: 'header' | 'querystring', name: string): string {
  return `$input.params().${location}.get('${name}')`;
}

/**
 * The Velocity condition under which a field is there, and not null.
 *
 * An empty string is there, but Velocity in API Gateway takes it for the same as null and as what is missing. So the container is asked, whose answer is neither
 * true nor false when it is missing or no container itself; and of null and the empty string, only the latter has a length. Elements of what is no list must not
 * even be looked at: that may fail.
 */
export function fieldPresence({ steps }: FieldNode): string {
  const reference = (count: number) => `$input.path(${quotedPath(steps.slice(0, count))})`;
  const last = steps.length - 1;
  const value = reference(steps.length);
  return allOf([
    ...listConditions(steps),
    typeof steps[last] === 'string' ? `${reference(last)}.containsKey('${steps[last]}') == true` : undefined,
    `(${value} != "" || ${value}.length() == 0) && $input.json(${quotedPath(steps)}) != "null"`,
  ])!;
}

/** The Velocity condition under which there is a list that is not empty. */
export function listPresence(steps: readonly Step[]): string {
  return allOf(listConditions([...steps, 0]))!;
}

/** That there are all the lists which a path leads through: what has a size, but knows nothing of keys. */
function listConditions(steps: readonly Step[]): string[] {
  return steps.flatMap((step, index) => {
    const list = `$input.path(${quotedPath(steps.slice(0, index))})`;
    return typeof step === 'number' ? [`${list}.size() > ${step} && ${list}.containsKey('') == ""`] : [];
  });
}

function allOf(conditions: ReadonlyArray<string | undefined>): string | undefined {
  const known = [...new Set(conditions.filter(condition => condition !== undefined))];
  return known.length === 0 ? undefined : known.join(' && ');
}
