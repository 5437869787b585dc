import { Stack } from 'aws-cdk-lib';
import { WebSocketIntegrationType } from 'aws-cdk-lib/aws-apigatewayv2';
import { DirectIntegration } from './direct-integration';
import { IntegrationDefinition } from './integration-definition';
import { Response } from '../responses/response';
import { InvalidValueError } from '../validation/invalid-value-error';
import { problem } from '../validation/problem';
import { isOfAnswer, isOfMessage } from '../values/origin';
import { renderJson } from '../values/render';
import { literalNode, nodesOf, objectNode, ValueNode } from '../values/value-node';

/** Properties of a MockIntegration. */
export interface MockIntegrationProps {
  /**
   * What the client is told: JSON of the message, of what API Gateway knows, and of what the author writes.
   *
   * @default Response.ack()
   */
  readonly response?: Response;
}

/** What API Gateway answers by itself, without calling anything. */
const ANSWERED = "$input.path('$.frame')";

/**
 * Answers messages without calling anything, and lets clients connect.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html
 *
 * @example
 * declare const api: apigatewayv2.WebSocketApi;
 * api.addRoute('echo', { integration: MockIntegration.echo('Echo'), returnResponse: true });
 * api.addRoute('ping', {
 *   integration: new MockIntegration('Ping', { response: Response.json(Value.object({ pong: Value.body('$.id').withDefault(null) })) }),
 *   returnResponse: true,
 * });
 */
export class MockIntegration extends DirectIntegration {
  /** Answers each message with itself, whether it is JSON or not. */
  static echo(id: string): MockIntegration {
    return new MockIntegration(id, { response: Response._echo() });
  }

  private readonly response: Response;

  constructor(id: string, props: MockIntegrationProps = {}) {
    const { response = Response.ack() } = props;
    super(id);
    this.response = response;
    if (response._success?.kind === 'body') {
      throw new InvalidValueError('mockBody', 'A MockIntegration calls no service whose answer Response.body() could pass on: use Response.json(), or MockIntegration.echo().');
    }
  }

  /** @internal */
  protected _define(_stack: Stack): IntegrationDefinition {
    const frame = frameOf(this.response);
    // What the client sent is gone when the response is made: such a frame is made with the request, and handed over in it.
    const early = frame && nodesOf(frame).some(isOfMessage) ? frame : undefined;
    return {
      type: WebSocketIntegrationType.MOCK,
      uri: '',
      requestTemplate: renderJson(objectNode({ statusCode: literalNode(200), frame: early && (this.response._success?.kind === 'text' ? early : { kind: 'json text', value: early }) })),
      requestValues: early ? [early] : [],
      statements: [],
      response: this.response,
      responses: frame ? [{ key: '/200/', template: early ? ANSWERED : renderJson(frame) }] : [],
      failures: [],
      problems: frame && nodesOf(frame).some(isOfAnswer)
        ? [problem('mockAnswer', 'The response of a MockIntegration takes fields of an answer, but it calls no service that could give one.')]
        : [],
    };
  }
}

function frameOf({ _success: success }: Response): ValueNode | undefined {
  return success?.kind === 'frame' || success?.kind === 'text' ? success.value : undefined;
}
