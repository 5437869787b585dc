import { Duration, Stack } from 'aws-cdk-lib';
import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { DirectIntegration } from './direct-integration';
import { IntegrationDefinition } from './integration-definition';
import { AnswerFailure } from '../responses/answer-failure';
import { Response } from '../responses/response';
import { InvalidValueError } from '../validation/invalid-value-error';
import { problem } from '../validation/problem';
import { isOfAnswer, isOfElement, isOfMessage } from '../values/origin';
import { renderForm, renderJson } from '../values/render';
import { Value } from '../values/value';
import { nodesOf, ValueNode } from '../values/value-node';

/** What integrations of all services have in common. */
export interface DirectIntegrationOptions {
  /**
   * What the client is told.
   *
   * @default - `Response.ack()`; of an integration that reads something, what it read
   */
  readonly response?: Response;

  /**
   * How long the service may take, from 50 milliseconds to 29 seconds.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;

  /**
   * What the API's role is allowed beside what the integration needs by itself, such as the use of the key of an encrypted state machine.
   *
   * @default - nothing
   */
  readonly permissions?: PolicyStatement[];
}

/** Properties of an AwsActionIntegration. */
export interface AwsActionIntegrationProps extends DirectIntegrationOptions {
  /** The service as API Gateway and IAM name it, such as `dynamodb`. */
  readonly service: string;

  /** The action, such as `PutItem`. IAM has to know it by the same name if there are `resources`. */
  readonly action: string;

  /**
   * The HTTP method of the request, for services that are not called by an action.
   *
   * @default 'POST'
   */
  readonly httpMethod?: string;

  /**
   * The path of the request, for services that are not called by an action, such as `123456789012/queue-name`.
   *
   * @default - the service is called by the action
   */
  readonly path?: string;

  /**
   * The request in JSON.
   *
   * @default - the request is a form
   */
  readonly request?: Value;

  /**
   * The request as a form, for services with a query protocol.
   *
   * @default - the request is JSON
   */
  readonly form?: { [name: string]: Value };

  /**
   * Headers of the request. API Gateway knows `X-Amz-Target` for DynamoDB, Kinesis, Step Functions and Systems Manager only.
   *
   * @default - a form's Content-Type, or what API Gateway adds by itself
   */
  readonly headers?: { [name: string]: string };

  /**
   * ARNs of what the API's role is allowed the action on.
   *
   * @default - none: `permissions` has them all
   */
  readonly resources?: string[];

  /**
   * Failures that the service tells with the status of a success.
   *
   * @default - none
   */
  readonly failures?: AnswerFailure[];
}

/**
 * A call of any action of any AWS service that API Gateway can call, with escaped values, a model for its messages, exact permissions and responses for
 * every outcome.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
 *
 * @example
 * declare const parameter: ssm.IStringParameter;
 * new AwsActionIntegration('Motd', {
 *   service: 'ssm',
 *   action: 'GetParameter',
 *   request: Value.object({ Name: Value.literal(parameter.parameterName) }),
 *   resources: [parameter.parameterArn],
 *   response: Response.json(Value.object({ text: Value.answer('$.Parameter.Value').asString() })),
 * });
 */
export class AwsActionIntegration extends DirectIntegration {
  constructor(id: string, private readonly props: AwsActionIntegrationProps) {
    super(id);
  }

  /** @internal */
  protected _define(stack: Stack): IntegrationDefinition {
    const { service, action, path, request, form, response = Response.ack(), failures = [], timeout } = this.props;
    const fields = form && Object.entries(form).map(([name, value]) => [name, value._node] as const);
    const requestValues = [...request ? [request._node] : [], ...fields?.map(([, node]) => node) ?? []];
    const responseValues = response._success?.kind === 'frame' ? [response._success.value] : [];
    const headers = { ...form ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}, ...this.props.headers };
    return {
      type: WebSocketIntegrationType.AWS,
      httpMethod: this.props.httpMethod ?? 'POST',
      uri: `arn:${stack.partition}:apigateway:${stack.region}:${service}:${path === undefined ? `action/${action}` : `path/${path}`}`,
      requestTemplate: fields ? renderForm(fields) : renderJson(request?._node ?? { kind: 'object', members: [] }),
      requestValues,
      requestParameters: mappedHeaders(headers),
      statements: this.statements(),
      response,
      failures,
      timeout,
      problems: [...this.problemsOfRequest(requestValues), ...this.problemsOfResponse(responseValues)],
    };
  }

  private statements(): PolicyStatement[] {
    const { service, action, resources = [], permissions = [] } = this.props;
    return [...resources.length === 0 ? [] : [new PolicyStatement({ actions: [`${service}:${action}`], resources })], ...permissions];
  }

  private problemsOfRequest(values: readonly ValueNode[]): string[] {
    const nodes = values.flatMap(nodesOf);
    const found: string[] = [];
    if (nodes.some(isOfAnswer)) {
      found.push(problem('answerInRequest', `The request of ${this.props.service}:${this.props.action} takes fields of an answer, which is not there yet: Value.answer(), Value.each(), Value.element() and Value.workflowOutput() are for responses.`));
    }
    if (this.props.request && this.props.form) {
      found.push(problem('requestTwice', `The integration of ${this.props.service}:${this.props.action} has both a request and a form: give one of them.`));
    }
    return found;
  }

  private problemsOfResponse(values: readonly ValueNode[]): string[] {
    const nodes = values.flatMap(nodesOf);
    const found: string[] = [];
    if (nodes.some(isOfMessage)) {
      found.push(problem('messageInResponse', `The response of ${this.props.service}:${this.props.action} takes fields of the message, which is gone by then: send them to the service and take them from its answer with Value.answer().`));
    }
    if (nodes.some(({ kind }) => kind === 'trusted json') && `${this.props.service}:${this.props.action}` !== 'states:StartSyncExecution') {
      found.push(problem('workflowOutputElsewhere', `The response of ${this.props.service}:${this.props.action} takes the output of a workflow, which only states:StartSyncExecution answers with: take fields of the answer with Value.answer().`));
    }
    if (nodes.some(isOfElement)) {
      found.push(problem('elementOutsideEach', `The response of ${this.props.service}:${this.props.action} takes Value.element() where there is no list: it belongs into Value.each().`));
    }
    return found;
  }
}

/** Header values of a mapping are literals in apostrophes. */
function mappedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const entries = Object.entries(headers).map(([name, value]) => [`integration.request.header.${name}`, `'${checkedHeader(name, value)}'`]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function checkedHeader(name: string, value: string): string {
  if (/['\r\n]/.test(value)) {
    throw new InvalidValueError('headerValue', `The header ${name} of an integration cannot be "${value}": API Gateway has no way to write an apostrophe or a line break there.`);
  }
  return value;
}
