import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { compileSelectionExpression } from '../selection-expression';
import { Api } from '../store';
import { required } from './values';

interface ApiProperties {
  readonly ProtocolType?: string;
  readonly RouteSelectionExpression?: string;
}

/** AWS::ApiGatewayV2::Api */
export function apiType(apis: Apis): ResourceType {
  return {
    properties: {
      used: ['ProtocolType', 'RouteSelectionExpression'],
      // There is no other endpoint than the local one; API keys are refused where a route asks for them.
      withoutEffect: ['Name', 'Description', 'ApiKeySelectionExpression', 'DisableExecuteApiEndpoint', 'DisableSchemaValidation', 'IpAddressType', 'Tags', 'Version'],
    },
    create: request => createApi(apis, request),
    update: (request, _, resource) => updateApi(apis, request, resource),
    replacedBy: ['ProtocolType'],
    delete: (_, { ref }) => apis.delete(ref),
  };
}

function createApi(apis: Apis, request: ResourceRequest<ApiProperties>): ProvisionedResource {
  const { properties, environment } = request;
  if (properties.ProtocolType !== 'WEBSOCKET') {
    throw new Error(`the local runtime does not emulate APIs of the protocol type ${properties.ProtocolType}, only WEBSOCKET`);
  }
  const api = new Api(request.generateId(10), routeSelectionOf(properties), environment, request.stackName, request.constructPath);
  apis.add(api);
  return { ref: api.id, attributes: { ApiId: api.id, ApiEndpoint: `wss://${api.domainName}` } };
}

function updateApi(apis: Apis, { properties }: ResourceRequest<ApiProperties>, resource: ProvisionedResource): ProvisionedResource {
  apis.get(resource.ref).routeSelectionExpression = routeSelectionOf(properties);
  return resource;
}

function routeSelectionOf({ RouteSelectionExpression: expression }: ApiProperties): string {
  compileSelectionExpression(required('RouteSelectionExpression', expression), ['request.body']);
  return expression!;
}
