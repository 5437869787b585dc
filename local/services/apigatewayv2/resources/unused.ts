import { ProvisionedResource, ResourceRequest } from '../../../kernel/contracts';
import { checkProperties } from '../../../kernel/properties';
import { Apis } from '../apis';
import { required } from './values';

/** AWS::ApiGatewayV2::Model: nothing follows from one that no route uses, and a route that uses one is refused. */
export function createModel(apis: Apis, request: ResourceRequest<{ ApiId?: string }>): ProvisionedResource {
  checkProperties(request, { used: ['ApiId'], withoutEffect: ['Name', 'Schema', 'ContentType', 'Description'] });
  apis.get(required('ApiId', request.properties.ApiId));
  const id = request.generateId(6);
  return { ref: id, attributes: { ModelId: id } };
}

/** AWS::ApiGatewayV2::Authorizer: nothing follows from one that no route uses, and a route that uses one is refused. */
export function createAuthorizer(apis: Apis, request: ResourceRequest<{ ApiId?: string }>): ProvisionedResource {
  checkProperties(request, {
    used: ['ApiId'],
    withoutEffect: ['Name', 'AuthorizerType', 'AuthorizerUri', 'AuthorizerCredentialsArn', 'AuthorizerResultTtlInSeconds', 'IdentitySource', 'IdentityValidationExpression'],
  });
  apis.get(required('ApiId', request.properties.ApiId));
  const id = request.generateId(6);
  return { ref: id, attributes: { AuthorizerId: id } };
}
