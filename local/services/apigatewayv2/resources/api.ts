import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { compileSelectionExpression } from '../selection-expression';
import { Api, API_KEY_SOURCES, ApiKeySource } from '../store';
import { required } from './values';

interface ApiProperties {
  readonly ProtocolType?: string;
  readonly RouteSelectionExpression?: string;
  readonly ApiKeySelectionExpression?: string;
}

/** AWS::ApiGatewayV2::Api */
export function apiType(apis: Apis): ResourceType {
  return {
    properties: {
      used: ['ProtocolType', 'RouteSelectionExpression', 'ApiKeySelectionExpression'],
      // There is no other endpoint than the local one.
      withoutEffect: ['Name', 'Description', 'DisableExecuteApiEndpoint', 'DisableSchemaValidation', 'IpAddressType', 'Tags', 'Version'],
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
    throw new Error(`the local runtime does not emulate APIs of the protocol type ${properties.ProtocolType}, only WEBSOCKET and HTTP`);
  }
  const api = new Api(request.generateId(10), routeSelectionOf(properties), apiKeySourceOf(properties), environment, request.stackName, request.constructPath);
  apis.add(api);
  return { ref: api.id, attributes: { ApiId: api.id, ApiEndpoint: `wss://${api.domainName}` } };
}

function updateApi(apis: Apis, { properties }: ResourceRequest<ApiProperties>, resource: ProvisionedResource): ProvisionedResource {
  const api = apis.get(resource.ref);
  api.routeSelectionExpression = routeSelectionOf(properties);
  api.apiKeySource = apiKeySourceOf(properties);
  // What is compiled has the old source of keys.
  api.declare(() => {});
  return resource;
}

function apiKeySourceOf({ ApiKeySelectionExpression: expression = API_KEY_SOURCES[0] }: ApiProperties): ApiKeySource {
  const source = API_KEY_SOURCES.find(each => each === expression);
  if (!source) {
    throw new Error(`ApiKeySelectionExpression has to be one of ${API_KEY_SOURCES.join(', ')}, not ${expression}`);
  }
  return source;
}

function routeSelectionOf({ RouteSelectionExpression: expression }: ApiProperties): string {
  compileSelectionExpression(required('RouteSelectionExpression', expression), ['request.body']);
  return expression!;
}
