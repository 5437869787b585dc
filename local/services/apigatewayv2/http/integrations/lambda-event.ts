/** What Lambda functions get of a request, in the two formats that there are. What a request does not have, an event of the format 2.0 does not have either. */

import { HttpExchange } from '../http-exchange';

type Version = '1.0' | '2.0';
type Values = Readonly<Record<string, unknown>>;

/** Bodies of other types are binary. */
const TEXT_TYPE = /^(text\/|application\/(json|javascript|xml)\b|[\w.-]+\/[\w.-]+\+(json|xml)\b)/i;

/** The event of an integration. */
export function proxyEvent(exchange: HttpExchange, version: Version): Values {
  return { ...(version === '1.0' ? eventOfFormat1(exchange) : eventOfFormat2(exchange)), ...bodyOf(exchange, version) };
}

/** The event of an authorizer. */
export function authorizerEvent(exchange: HttpExchange, version: Version, identity: readonly string[], routeArn: string): Values {
  if (version === '1.0') {
    const { resource, path, httpMethod, headers, queryStringParameters, pathParameters, stageVariables, requestContext } = eventOfFormat1(exchange);
    const sources = { identitySource: identity.join(','), authorizationToken: identity.join(',') };
    return {
      version, type: 'REQUEST', methodArn: routeArn, ...sources, resource, path, httpMethod, headers, queryStringParameters, pathParameters, stageVariables, requestContext,
    };
  }
  const { version: _, ...event } = eventOfFormat2(exchange);
  return { version, type: 'REQUEST', routeArn, identitySource: identity, ...event };
}

function eventOfFormat2(exchange: HttpExchange): Values {
  const { api, place, headers, querystring, context } = exchange;
  const cookies = headers.get('cookie')?.flatMap(value => value.split(/;\s*/));
  const parameters = pathParametersOf(exchange);
  return {
    version: '2.0',
    routeKey: exchange.routeKey,
    rawPath: exchange.rawPath,
    rawQueryString: exchange.query,
    ...(cookies ? { cookies } : {}),
    headers: record([...headers].filter(([name]) => name !== 'cookie').map(([name, values]) => [name, values.join(',')])),
    ...(querystring.size === 0 ? {} : { queryStringParameters: record([...querystring].map(([name, values]) => [name, values.join(',')])) }),
    requestContext: {
      accountId: api.environment.account,
      apiId: api.id,
      ...authorizerOf(exchange),
      domainName: api.domainName,
      domainPrefix: api.id,
      http: {
        method: exchange.method, path: exchange.rawPath, protocol: 'HTTP/1.1', sourceIp: exchange.sourceIp, userAgent: headers.get('user-agent')?.at(-1) ?? '',
      },
      requestId: exchange.requestId,
      routeKey: exchange.routeKey,
      stage: place.stage,
      time: context.requestTime,
      timeEpoch: exchange.time,
    },
    ...(parameters ? { pathParameters: parameters } : {}),
    ...(Object.keys(place.stageVariables).length === 0 ? {} : { stageVariables: place.stageVariables }),
  };
}

function authorizerOf({ authorizer, identity }: HttpExchange): Values {
  if (Object.keys(identity).length > 0) {
    const { accountId, caller, userArn, user } = identity;
    return { authorizer: { iam: { accessKey: null, accountId, callerId: caller, cognitoIdentity: null, principalOrgId: null, userArn, userId: user } } };
  }
  return Object.keys(authorizer).length === 0 ? {} : { authorizer: { lambda: authorizer } };
}

function eventOfFormat1(exchange: HttpExchange): Values {
  const { api, place, querystring, rawHeaders, context, identity, authorizer } = exchange;
  const resource = exchange.routeKey.replace(/^\S+ /, '');
  const headers = new Map<string, string[]>();
  rawHeaders.forEach(([name, value]) => headers.set(name, [...headers.get(name) ?? [], value]));
  return {
    version: '1.0',
    resource,
    path: exchange.rawPath,
    httpMethod: exchange.method,
    headers: record([...headers].map(([name, values]) => [name, values.at(-1)])),
    multiValueHeaders: record([...headers]),
    queryStringParameters: querystring.size === 0 ? null : record([...querystring].map(([name, values]) => [name, values.at(-1)])),
    multiValueQueryStringParameters: querystring.size === 0 ? null : record([...querystring]),
    requestContext: {
      accountId: api.environment.account,
      apiId: api.id,
      ...(Object.keys(authorizer).length === 0 ? {} : { authorizer }),
      domainName: api.domainName,
      domainPrefix: api.id,
      extendedRequestId: exchange.requestId,
      httpMethod: exchange.method,
      identity: {
        accessKey: null,
        accountId: null,
        caller: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: exchange.sourceIp,
        user: null,
        userArn: null,
        ...identity,
        userAgent: exchange.headers.get('user-agent')?.at(-1) ?? null,
      },
      path: exchange.rawPath,
      protocol: 'HTTP/1.1',
      requestId: exchange.requestId,
      requestTime: context.requestTime,
      requestTimeEpoch: exchange.time,
      resourceId: exchange.routeKey,
      resourcePath: resource,
      stage: place.stage,
    },
    pathParameters: pathParametersOf(exchange) ?? null,
    stageVariables: Object.keys(place.stageVariables).length === 0 ? null : place.stageVariables,
  };
}

function bodyOf({ body, bytes, headers }: HttpExchange, version: Version): Values {
  const type = headers.get('content-type')?.at(-1);
  const isBinary = bytes.length > 0 && type !== undefined && !TEXT_TYPE.test(type);
  if (bytes.length === 0) {
    return version === '1.0' ? { body: null, isBase64Encoded: false } : { isBase64Encoded: false };
  }
  return { body: isBinary ? bytes.toString('base64') : body, isBase64Encoded: isBinary };
}

function pathParametersOf(exchange: HttpExchange): Values | undefined {
  const { pathVariables } = exchange;
  return pathVariables.size === 0 ? undefined : record([...pathVariables.keys()].map(name => [name, exchange.pathVariable(name)]));
}

/** Without a prototype, so that a header called `__proto__` is a header. */
function record(entries: ReadonlyArray<readonly [string, unknown]>): Values {
  const values: Record<string, unknown> = Object.create(null);
  entries.forEach(([name, value]) => values[name] = value);
  return values;
}
