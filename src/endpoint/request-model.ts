import { CfnModel, CfnRoute, WebSocketRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { modelName } from '../integrations/model-name';

/** Properties of a RequestModel. */
export interface RequestModelProps {
  /** The route whose messages have to be as the schema says. */
  readonly route: WebSocketRoute;

  /** JSON Schema, draft 4. */
  readonly schema: { [keyword: string]: any };
}

/**
 * What the messages of a route have to be. API Gateway answers others with
 * `{"message": "Bad request body", "connectionId":"…", "messageId":"…"}` before it calls anything.
 *
 * It takes the place of the model that a direct integration makes of the fields it needs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-request-validation.html
 *
 * @example
 * declare const route: apigatewayv2.WebSocketRoute;
 * new RequestModel(this, 'Order', { route, schema: { type: 'object', required: ['id'], properties: { id: { type: 'string', maxLength: 64 } } } });
 */
export class RequestModel extends Construct {
  constructor(scope: Construct, id: string, props: RequestModelProps) {
    super(scope, id);
    const { route, schema } = props;
    const model = new CfnModel(this, 'Resource', {
      apiId: route.webSocketApi.apiId,
      name: modelName(this),
      contentType: 'application/json',
      schema: { $schema: 'http://json-schema.org/draft-04/schema#', ...schema },
    });
    const resource = route.node.defaultChild as CfnRoute;
    resource.modelSelectionExpression = '\\$default';
    resource.requestModels = { $default: model.name };
    resource.addDependency(model);
  }
}
