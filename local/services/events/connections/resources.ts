import { Connection, ConnectionCredentials, ConnectionParameter, InvocationParameters } from './connection';
import { Connections } from './connections';
import { ResourceRequest, ResourceType, ServiceContext } from '../../../kernel/contracts';

interface ConnectionProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly AuthorizationType: string;
  readonly AuthParameters?: {
    readonly ApiKeyAuthParameters?: { readonly ApiKeyName: string; readonly ApiKeyValue: string };
    readonly BasicAuthParameters?: { readonly Username: string; readonly Password: string };
    readonly InvocationHttpParameters?: InvocationParameters;
  };
}

interface ApiDestinationProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly ConnectionArn: string;
  readonly InvocationEndpoint: string;
  readonly HttpMethod: string;
}

/** AWS calls HTTPS only; what runs on this machine need not have a certificate. */
const ENDPOINT = /^(https:\/\/.|http:\/\/(127\.0\.0\.1|localhost)[:/])/;
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** How connections and API destinations come into being. */
export function connectionTypes(context: ServiceContext, connections: Connections): Record<string, ResourceType> {
  return {
    'AWS::Events::Connection': {
      properties: { used: ['Name', 'Description', 'AuthorizationType', 'AuthParameters'], withoutEffect: ['KmsKeyIdentifier'] },
      create: request => createConnection(context, connections, request),
      delete: (_, { attributes }) => connections.delete(String(attributes!.Arn)),
    },
    'AWS::Events::ApiDestination': {
      properties: { used: ['Name', 'Description', 'ConnectionArn', 'InvocationEndpoint', 'HttpMethod'], withoutEffect: ['InvocationRateLimitPerSecond'] },
      create: request => createApiDestination(context, connections, request),
      delete: (_, { attributes }) => connections.deleteDestination(String(attributes!.Arn)),
    },
  };
}

function createConnection(context: ServiceContext, connections: Connections, request: ResourceRequest<ConnectionProperties>) {
  const { properties, environment: { partition, region, account } } = request;
  const name = properties.Name ?? request.generateName(64);
  const connection: Connection = {
    name,
    arn: `arn:${partition}:events:${region}:${account}:connection/${name}/${identifier(request)}`,
    secretArn: `arn:${partition}:secretsmanager:${region}:${account}:secret:events!connection/${name}/${identifier(request)}-${request.generateId(6)}`,
    authorizationType: properties.AuthorizationType as Connection['authorizationType'],
    description: properties.Description,
    createdAt: context.clock.now(),
    credentials: credentialsOf(properties),
  };
  connections.add(connection);
  return { ref: name, attributes: { Arn: connection.arn, ArnForPolicy: withoutIdentifier(connection.arn), SecretArn: connection.secretArn } };
}

/** What a request gets: the credentials win over what else the connection adds. */
function credentialsOf({ AuthorizationType: type, AuthParameters: parameters = {} }: ConnectionProperties): ConnectionCredentials {
  const { ApiKeyAuthParameters: apiKey, BasicAuthParameters: basic, InvocationHttpParameters: invocation = {} } = parameters;
  const added = { headers: record(invocation.HeaderParameters), query: pairs(invocation.QueryStringParameters), body: record(invocation.BodyParameters) };
  if (type === 'API_KEY' && apiKey) {
    return { ...added, headers: { ...added.headers, [apiKey.ApiKeyName.toLowerCase()]: apiKey.ApiKeyValue } };
  }
  if (type === 'BASIC' && basic) {
    return { ...added, headers: { ...added.headers, authorization: `Basic ${Buffer.from(`${basic.Username}:${basic.Password}`).toString('base64')}` } };
  }
  throw new Error(`the local runtime does not emulate connections of the authorization type ${type}, or the parameters of that type are missing`);
}

function createApiDestination(context: ServiceContext, connections: Connections, request: ResourceRequest<ApiDestinationProperties>) {
  const { properties, environment: { partition, region, account } } = request;
  const { ConnectionArn: connectionArn, InvocationEndpoint: invocationEndpoint, HttpMethod: httpMethod } = properties;
  if (!METHODS.includes(httpMethod)) {
    throw new Error(`HttpMethod has to be one of ${METHODS.join(', ')}, not ${httpMethod}`);
  }
  if (!ENDPOINT.test(invocationEndpoint)) {
    throw new Error(`InvocationEndpoint has to be an https:// URL, or one of this machine, not ${invocationEndpoint}`);
  }
  const name = properties.Name ?? request.generateName(64);
  const arn = `arn:${partition}:events:${region}:${account}:api-destination/${name}/${identifier(request)}`;
  connections.addDestination({ name, arn, connectionArn, invocationEndpoint, httpMethod, description: properties.Description, createdAt: context.clock.now() });
  return { ref: name, attributes: { Arn: arn, ArnForPolicy: withoutIdentifier(arn) } };
}

/** The same on every run, in the form of a UUID. */
function identifier(request: ResourceRequest): string {
  return request.generateId(32).padEnd(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function withoutIdentifier(arn: string): string {
  return arn.slice(0, arn.lastIndexOf('/'));
}

function pairs(parameters: readonly ConnectionParameter[] = []): Array<readonly [string, string]> {
  return parameters.map(({ Key: key, Value: value }) => [key, value] as const);
}

function record(parameters: readonly ConnectionParameter[] = []): Record<string, string> {
  return Object.fromEntries(parameters.map(({ Key: key, Value: value }) => [key, value]));
}
