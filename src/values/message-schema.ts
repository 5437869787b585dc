import { pathOf, Step } from './body-path';
import { FieldNode, nodesOf, ValueNode } from './value-node';

/** A JSON Schema, as far as fields of messages need one. */
interface Schema {
  type?: string | string[];
  not?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minItems?: number;
}

/** The fields of the message that values take. */
export function messageFieldsOf(nodes: readonly ValueNode[]): FieldNode[] {
  return nodes.flatMap(nodesOf).filter((node): node is FieldNode => node.kind === 'field' && node.document === 'message');
}

/**
 * The model of the messages that have the fields, each of its type: API Gateway refuses all others before it calls the service. Undefined where any message
 * will do.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-request-validation.html
 */
export function messageSchema(fields: readonly FieldNode[]): object | undefined {
  const root: Schema = {};
  for (const field of fields.filter(({ steps, type, isOptional }) => steps.length > 0 && !(isOptional && type === 'json'))) {
    constrain(root, field.steps, field);
  }
  return Object.keys(root).length === 0 ? undefined : { $schema: 'http://json-schema.org/draft-04/schema#', ...root };
}

/** The paths that are said to be of several types. */
export function contradictionsOf(fields: readonly FieldNode[]): string[] {
  const types = new Map<string, Set<string>>();
  for (const { steps, type } of fields.filter(field => field.type !== 'json')) {
    const path = pathOf(steps);
    types.set(path, (types.get(path) ?? new Set()).add(type));
  }
  return [...types].filter(([, all]) => all.size > 1).map(([path, all]) => `${path} is said to be a ${[...all].join(' and a ')}`);
}

function constrain(schema: Schema, steps: readonly Step[], field: FieldNode): void {
  const [step, ...rest] = steps;
  if (step === undefined) {
    requireType(schema, field);
  } else if (typeof step === 'string') {
    if (!field.isOptional) {
      schema.type = 'object';
      schema.required = [...new Set([...schema.required ?? [], step])];
    }
    schema.properties ??= {};
    // A property by any name: an assignment to `__proto__` would make none.
    if (!Object.hasOwn(schema.properties, step)) {
      Object.defineProperty(schema.properties, step, { value: {}, enumerable: true, configurable: true, writable: true });
    }
    constrain(schema.properties[step], rest, field);
  } else if (!field.isOptional) {
    // Elements are of many kinds; that there are enough of them can be said.
    schema.type = 'array';
    schema.minItems = Math.max(schema.minItems ?? 0, step + 1);
  }
}

/** What is null counts as missing. */
function requireType(schema: Schema, { type, isOptional }: FieldNode): void {
  if (type === 'json') {
    schema.not = { type: 'null' };
  } else if (!isOptional) {
    schema.type = type;
  } else {
    schema.type ??= [type, 'null'];
  }
}
