import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { functionArnOf } from '../lambda-uri';
import { required } from './values';
import { compileIdentitySource } from '../pipeline/authorize-function';

interface AuthorizerProperties {
  readonly ApiId?: string;
  readonly AuthorizerType?: string;
  readonly AuthorizerUri?: string;
  readonly AuthorizerCredentialsArn?: string;
  readonly IdentitySource?: readonly string[] | string;
}

/** AWS::ApiGatewayV2::Authorizer: a function that decides who may connect. */
export function authorizerType(apis: Apis): ResourceType {
  return {
    properties: {
      used: ['ApiId', 'AuthorizerType', 'AuthorizerUri', 'AuthorizerCredentialsArn', 'IdentitySource'],
      // A WebSocket API asks its authorizer each time, and takes any identity.
      withoutEffect: ['Name', 'AuthorizerResultTtlInSeconds', 'IdentityValidationExpression'],
    },
    create: request => createAuthorizer(apis, request),
    delete: ({ properties }, { ref }) => apis.find(properties.ApiId)?.declare(({ authorizers }) => authorizers.delete(ref)),
  };
}

function createAuthorizer(apis: Apis, { properties, generateId }: ResourceRequest<AuthorizerProperties>): ProvisionedResource {
  const { AuthorizerType: type, IdentitySource: sources = [] } = properties;
  const api = apis.get(required('ApiId', properties.ApiId));
  if (type !== 'REQUEST') {
    throw new Error(`AuthorizerType has to be REQUEST for a WebSocket API, not ${type}`);
  }
  const authorizer = {
    id: generateId(6),
    functionArn: functionArnOf(required('AuthorizerUri', properties.AuthorizerUri)),
    credentialsArn: properties.AuthorizerCredentialsArn,
    identitySources: typeof sources === 'string' ? [sources] : sources,
  };
  authorizer.identitySources.forEach(compileIdentitySource);
  api.declare(({ authorizers }) => authorizers.set(authorizer.id, authorizer));
  return { ref: authorizer.id, attributes: { AuthorizerId: authorizer.id } };
}
