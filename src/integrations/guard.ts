import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import { IntegrationDefinition } from './integration-definition';
import { ValueNode } from '../values/value-node';

/** A condition on which a `$connect` route lets a client in. */
export interface Guard {
  /** In Velocity. */
  readonly condition: string;
  /** What of the handshake the condition reads. */
  readonly parameters: readonly ValueNode[];
}

/**
 * An integration that does what it does only for clients that are let in. For others it sends what no service can read, and what fails at `$connect` refuses the
 * client: a template has no other way to. An empty object would not do: there are actions that need no more.
 */
export function guarded(definition: IntegrationDefinition, { condition, parameters }: Guard): IntegrationDefinition {
  const refusal = definition.type === WebSocketIntegrationType.MOCK ? '{"statusCode":401}' : '{';
  return {
    ...definition,
    requestTemplate: `#if(${condition})${definition.requestTemplate}#{else}${refusal}#{end}`,
    requestValues: [...definition.requestValues, ...parameters],
  };
}
