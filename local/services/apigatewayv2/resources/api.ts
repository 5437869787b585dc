import { ProvisionedResource, ResourceRequest } from '../../../kernel/contracts';
import { checkProperties } from '../../../kernel/properties';
import { Apis } from '../apis';
import { compileSelectionExpression } from '../selection-expression';
import { Api } from '../store';
import { required } from './values';

interface ApiProperties {
  readonly ProtocolType?: string;
  readonly RouteSelectionExpression?: string;
}

/** AWS::ApiGatewayV2::Api */
export function createApi(apis: Apis, request: ResourceRequest<ApiProperties>): ProvisionedResource {
  const { properties, environment } = request;
  if (properties.ProtocolType !== 'WEBSOCKET') {
    throw new Error(`the local runtime does not emulate APIs of the protocol type ${properties.ProtocolType}, only WEBSOCKET`);
  }
  checkProperties(request, {
    used: ['ProtocolType', 'RouteSelectionExpression'],
    // There is no other endpoint than the local one; API keys are refused where a route asks for them.
    withoutEffect: ['Name', 'Description', 'ApiKeySelectionExpression', 'DisableExecuteApiEndpoint', 'DisableSchemaValidation', 'IpAddressType', 'Tags', 'Version'],
  });
  const expression = required('RouteSelectionExpression', properties.RouteSelectionExpression);
  compileSelectionExpression(expression, ['request.body']);
  const api = new Api(request.generateId(10), expression, environment, request.stackName, request.constructPath);
  apis.add(api);
  return { ref: api.id, attributes: { ApiId: api.id, ApiEndpoint: `wss://${api.domainName}` } };
}
