import { Globals } from './globals';
import { isObject, JsonObject } from './json';
import { serverlessFunction } from './resources/function';
import { simpleTable } from './resources/simple-table';
import { stateMachine } from './resources/state-machine';
import { webSocketApi } from './resources/web-socket-api';
import { Expansion, Resource, Resources, ServerlessResource } from './serverless-resource';
import { TransformError } from './transform-error';

const PREFIX = 'AWS::Serverless::';

const EXPANSIONS: ReadonlyMap<string, Expansion> = new Map([
  ['AWS::Serverless::Function', serverlessFunction],
  ['AWS::Serverless::SimpleTable', simpleTable],
  ['AWS::Serverless::StateMachine', stateMachine],
  ['AWS::Serverless::WebSocketApi', webSocketApi],
]);

/** The SAM types that are run. */
export const SERVERLESS_TYPES: readonly string[] = [...EXPANSIONS.keys()];

/**
 * What `AWS::Serverless-2016-10-31` makes of a template: plain CloudFormation, with the logical ids that it gives. Parameters are the values of the template's own,
 * which it looks at in a few places. Throws a TransformError.
 */
export function transformServerless(template: JsonObject, parameters: ReadonlyMap<string, unknown>): JsonObject {
  const { Globals: section, ...others } = template;
  const globals = new Globals(section);
  const resources = new Map<string, unknown>();
  for (const [logicalId, definition] of Object.entries(isObject(template.Resources) ? template.Resources : {})) {
    for (const [name, resource] of Object.entries(expand(logicalId, definition, globals, parameters))) {
      if (resources.has(name) || (name !== logicalId && Object.hasOwn(template.Resources as JsonObject, name))) {
        throw new TransformError(`Transforming resource with id [${logicalId}] attempts to create a new resource with id [${name}] and type "${resource.Type}". `
          + 'A resource with that id already exists within this template. Please use a different id for that resource.', logicalId);
      }
      resources.set(name, resource);
    }
  }
  return { ...others, Resources: Object.fromEntries(resources) };
}

function expand(logicalId: string, definition: unknown, globals: Globals, parameters: ReadonlyMap<string, unknown>): Resources {
  const type = isObject(definition) ? definition.Type : undefined;
  if (typeof type !== 'string' || !type.startsWith(PREFIX)) return { [logicalId]: definition as Resource };
  const expansion = EXPANSIONS.get(type);
  if (!expansion) throw new TransformError(`the local runtime does not emulate ${type}`, logicalId);
  return expansion(new ServerlessResource(logicalId, globals.apply(logicalId, definition as Resource), parameters));
}
