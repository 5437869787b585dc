import { Exchange } from './exchange';

type Values = Readonly<Record<string, unknown>>;

/** What a Lambda function gets of a request. What a request does not have, the event does not have either. */
export function proxyEvent(exchange: Exchange): Values {
  const { parameters, eventType, place } = exchange;
  const isMessage = eventType === 'MESSAGE';
  return {
    ...(isMessage ? {} : { headers: parameters.header, multiValueHeaders: allHeaders(exchange) }),
    ...(isEmpty(parameters.querystring) ? {} : { queryStringParameters: parameters.querystring, multiValueQueryStringParameters: allOf(exchange) }),
    ...(isEmpty(place.stageVariables) ? {} : { stageVariables: place.stageVariables }),
    requestContext: eventContext(exchange),
    ...(isMessage ? { body: exchange.body } : {}),
    isBase64Encoded: false,
  };
}

/** What a Lambda authorizer gets of a request. */
export function authorizerEvent(exchange: Exchange, methodArn: string): Values {
  const { parameters, place } = exchange;
  return {
    type: 'REQUEST',
    methodArn,
    headers: parameters.header,
    multiValueHeaders: allHeaders(exchange),
    queryStringParameters: parameters.querystring,
    multiValueQueryStringParameters: allOf(exchange),
    stageVariables: place.stageVariables,
    requestContext: eventContext(exchange),
  };
}

/** An event says by its own member whether its body is binary. */
function eventContext({ context: { isBase64Encoded: _, ...context } }: Exchange): Values {
  return context;
}

function allHeaders({ parameters: { header, headerValues } }: Exchange): Values {
  return collect(Object.keys(header), name => headerValues.get(name.toLowerCase()));
}

function allOf({ parameters: { querystringValues } }: Exchange): Values {
  return collect([...querystringValues.keys()], name => querystringValues.get(name));
}

/** Without a prototype, so that a parameter called `__proto__` is a parameter. */
function collect(names: readonly string[], valuesOf: (name: string) => unknown): Values {
  const values: Record<string, unknown> = Object.create(null);
  names.forEach(name => values[name] = valuesOf(name));
  return values;
}

function isEmpty(values: Values): boolean {
  return Object.keys(values).length === 0;
}
