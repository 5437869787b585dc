import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../../kernel/contracts';
import { functionArnOf } from '../../lambda-uri';
import { boundedNumber, isTrue, required } from '../../resources/values';
import { compileIdentitySource } from '../authorization/function';
import { HttpAuthorizer } from '../declaration';
import { HttpApis } from '../http-apis';

interface HttpAuthorizerProperties {
  readonly ApiId?: string;
  readonly AuthorizerType?: string;
  readonly AuthorizerUri?: string;
  readonly AuthorizerCredentialsArn?: string;
  readonly AuthorizerPayloadFormatVersion?: string;
  readonly AuthorizerResultTtlInSeconds?: number | string;
  readonly EnableSimpleResponses?: boolean | string;
  readonly IdentitySource?: readonly string[] | string;
}

const LONGEST_TTL = 3600;

/** AWS::ApiGatewayV2::Authorizer of an HTTP API: a function that decides who may call. */
export function httpAuthorizerType(apis: HttpApis): ResourceType {
  return {
    properties: {
      used: [
        'ApiId', 'AuthorizerType', 'AuthorizerUri', 'AuthorizerCredentialsArn', 'AuthorizerPayloadFormatVersion', 'AuthorizerResultTtlInSeconds',
        'EnableSimpleResponses', 'IdentitySource',
      ],
      withoutEffect: ['Name'],
    },
    create: request => createAuthorizer(apis, request),
    delete: ({ properties }, { ref }) => apis.find(properties.ApiId)?.declare(({ authorizers }) => authorizers.delete(ref)),
  };
}

function createAuthorizer(apis: HttpApis, { properties, generateId }: ResourceRequest<HttpAuthorizerProperties>): ProvisionedResource {
  const { AuthorizerType: type, AuthorizerPayloadFormatVersion: version, IdentitySource: sources = [] } = properties;
  const api = apis.get(required('ApiId', properties.ApiId));
  if (type !== 'REQUEST') {
    throw new Error(`the local runtime does not emulate authorizers of HTTP APIs of the type ${type}, only REQUEST`);
  }
  if (version !== '1.0' && version !== '2.0') {
    throw new Error(`AuthorizerPayloadFormatVersion has to be 1.0 or 2.0, not ${version}`);
  }
  const authorizer: HttpAuthorizer = {
    id: generateId(6),
    uri: required('AuthorizerUri', properties.AuthorizerUri),
    credentialsArn: properties.AuthorizerCredentialsArn,
    payloadFormatVersion: version,
    answersSimply: isTrue(properties.EnableSimpleResponses),
    ttlSeconds: boundedNumber('AuthorizerResultTtlInSeconds', properties.AuthorizerResultTtlInSeconds ?? 0, 0, LONGEST_TTL),
    identitySources: typeof sources === 'string' ? [sources] : sources,
  };
  if (authorizer.answersSimply && version === '1.0') {
    throw new Error('EnableSimpleResponses needs the AuthorizerPayloadFormatVersion 2.0');
  }
  if (authorizer.ttlSeconds > 0 && authorizer.identitySources.length === 0) {
    throw new Error('an authorizer whose results are remembered needs an IdentitySource');
  }
  functionArnOf(authorizer.uri);
  authorizer.identitySources.forEach(compileIdentitySource);
  api.declare(({ authorizers }) => authorizers.set(authorizer.id, authorizer));
  return { ref: authorizer.id, attributes: { AuthorizerId: authorizer.id } };
}
