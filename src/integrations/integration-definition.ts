import { Duration } from 'aws-cdk-lib';
import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AnswerFailure } from '../responses/answer-failure';
import { Response } from '../responses/response';
import { StatusResponse } from '../responses/response-templates';
import { ValueNode } from '../values/value-node';

/** What an integration consists of. */
export interface IntegrationDefinition {
  readonly type: WebSocketIntegrationType;
  readonly uri: string;
  /** Of the request to the service; a mock has none. */
  readonly httpMethod?: string;
  /** Velocity template of the request to the service. */
  readonly requestTemplate: string;
  /** The values in the request template. */
  readonly requestValues: readonly ValueNode[];
  readonly requestParameters?: Record<string, string>;
  /** What the API's role is allowed for it. */
  readonly statements: readonly PolicyStatement[];
  readonly response: Response;
  /** What a route with messages answers, where that does not follow from the response and the failures of a service. */
  readonly responses?: readonly StatusResponse[];
  readonly failures: readonly AnswerFailure[];
  /** JSONPath of what says more of an error than its name does. */
  readonly errorDetail?: string;
  readonly timeout?: Duration;
  /** What is wrong with the integration itself. */
  readonly problems?: readonly string[];
}
