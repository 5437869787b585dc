import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../../kernel/contracts';
import { boundedNumber, isTrue } from '../../resources/values';
import { CorsConfiguration, HttpApi } from '../declaration';
import { HttpApis } from '../http-apis';

interface Cors {
  readonly AllowCredentials?: boolean | string;
  readonly AllowHeaders?: readonly string[];
  readonly AllowMethods?: readonly string[];
  readonly AllowOrigins?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  readonly MaxAge?: number | string;
}

interface HttpApiProperties {
  readonly ProtocolType?: string;
  readonly CorsConfiguration?: Cors;
  readonly RouteSelectionExpression?: string;
}

const CORS_MEMBERS = ['AllowCredentials', 'AllowHeaders', 'AllowMethods', 'AllowOrigins', 'ExposeHeaders', 'MaxAge'];
const ROUTE_SELECTION = '${request.method} ${request.path}';
const LONGEST_AGE = 86_400;

/** AWS::ApiGatewayV2::Api of the protocol type HTTP; a quick create (Target) and an OpenAPI definition (Body) are refused. */
export function httpApiType(apis: HttpApis): ResourceType {
  return {
    properties: {
      used: ['ProtocolType', 'CorsConfiguration', 'RouteSelectionExpression'],
      // There is no other endpoint than the local one.
      withoutEffect: ['Name', 'Description', 'DisableExecuteApiEndpoint', 'IpAddressType', 'Tags', 'Version'],
    },
    create: request => createApi(apis, request),
    update: ({ properties }, _, resource) => {
      apis.get(resource.ref).cors = corsOf(properties);
      return resource;
    },
    replacedBy: ['ProtocolType'],
    delete: (_, { ref }) => apis.delete(ref),
  };
}

function createApi(apis: HttpApis, request: ResourceRequest<HttpApiProperties>): ProvisionedResource {
  const { properties, environment } = request;
  const api = new HttpApi(request.generateId(10), corsOf(properties), environment, request.stackName, request.constructPath);
  apis.add(api);
  return { ref: api.id, attributes: { ApiId: api.id, ApiEndpoint: `https://${api.domainName}` } };
}

function corsOf({ CorsConfiguration: cors, RouteSelectionExpression: selection = ROUTE_SELECTION }: HttpApiProperties): CorsConfiguration | undefined {
  if (selection !== ROUTE_SELECTION) {
    throw new Error(`RouteSelectionExpression has to be ${ROUTE_SELECTION} for an HTTP API, not ${selection}`);
  }
  if (!cors) {
    return undefined;
  }
  const unknown = Object.keys(cors).find(name => !CORS_MEMBERS.includes(name));
  if (unknown !== undefined) {
    throw new Error(`the local runtime does not emulate the member ${unknown} of CorsConfiguration`);
  }
  const { AllowOrigins: allowOrigins = [], AllowMethods: allowMethods = [], AllowHeaders: allowHeaders = [], ExposeHeaders: exposeHeaders = [] } = cors;
  const allowCredentials = isTrue(cors.AllowCredentials);
  if (allowCredentials && allowOrigins.includes('*')) {
    throw new Error('AllowCredentials of CorsConfiguration cannot be true when AllowOrigins holds *');
  }
  return {
    allowOrigins,
    allowMethods,
    allowHeaders,
    exposeHeaders,
    allowCredentials,
    maxAge: cors.MaxAge === undefined ? undefined : boundedNumber('MaxAge', cors.MaxAge, -1, LONGEST_AGE),
  };
}
