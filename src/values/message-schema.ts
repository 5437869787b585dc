import { pathOf, Step } from './body-path';
import { FieldNode, nodesOf, ValueNode } from './value-node';

/** A JSON Schema, as far as fields of messages need one. */
interface Schema {
  type?: string | string[];
  not?: Schema;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema[];
  minItems?: number;
}

/** The fields of the message that values take. */
export function messageFieldsOf(nodes: readonly ValueNode[]): FieldNode[] {
  return nodes.flatMap(nodesOf).filter((node): node is FieldNode => node.kind === 'field' && node.document === 'message');
}

/**
 * The model of the messages that have the fields, each of its type: API Gateway refuses all others, and what is no JSON, before it calls the service. Undefined
 * where any text will do.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-request-validation.html
 */
export function messageSchema(fields: readonly FieldNode[]): object | undefined {
  if (fields.length === 0) {
    return undefined;
  }
  const root: Schema = {};
  fields.forEach(field => constrain(root, field.steps, field));
  return { $schema: 'http://json-schema.org/draft-04/schema#', ...root };
}

/** The paths that are said to be of several types. */
export function contradictionsOf(fields: readonly FieldNode[]): string[] {
  const types = new Map<string, Set<string>>();
  const say = (steps: readonly Step[], type: string) => types.set(pathOf(steps), (types.get(pathOf(steps)) ?? new Set()).add(type));
  for (const { steps, type } of fields) {
    steps.forEach((step, index) => say(steps.slice(0, index), typeof step === 'string' ? 'object' : 'array'));
    if (type !== 'json') {
      say(steps, type);
    }
  }
  return [...types].filter(([, all]) => all.size > 1).map(([path, all]) => `${path} is said to be ${[...all].map(withArticle).join(' and ')}`);
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
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
    // A property by any name: `constructor` is there already, but not its own.
    if (!Object.hasOwn(schema.properties, step)) {
      schema.properties[step] = {};
    }
    constrain(schema.properties[step], rest, field);
  } else if (typeof step === 'number') {
    if (!field.isOptional) {
      schema.type = 'array';
      schema.minItems = Math.max(schema.minItems ?? 0, step + 1);
    }
    schema.items ??= [];
    while (schema.items.length <= step) {
      schema.items.push({});
    }
    constrain(schema.items[step], rest, field);
  }
}

/** What is null counts as missing. */
function requireType(schema: Schema, { type, isOptional }: FieldNode): void {
  if (type === 'json') {
    if (!isOptional) {
      schema.not = { type: 'null' };
    }
    return;
  }
  if (isOptional) {
    schema.type ??= [type, 'null'];
  } else {
    schema.type = type;
  }
  if (type === 'number') {
    // Templates read numbers as doubles: to them a larger one is infinite, and written as null.
    schema.maximum = Number.MAX_VALUE;
    schema.minimum = -Number.MAX_VALUE;
  }
}
