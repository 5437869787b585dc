import { HttpRequest, Principal } from '../../../../kernel/contracts';
import { IntegrationScope } from '../../pipeline/backend';
import { SERVICE_PRINCIPAL } from '../../pipeline/function-call';
import { HttpIntegration } from '../declaration';
import { badRequest } from '../failures';
import { HttpExchange } from '../http-exchange';
import { compileRequestValue, MappingValue } from '../mapping-value';
import { answerWithin, HttpBackend } from './backend';
import { subtypeOf } from './subtypes';

/** The parameters of an operation; throws when one is missing, is not the operation's, or is no value. */
export function compileParameters(subtypeName: string, parameters: ReadonlyMap<string, string>, region: string): Map<string, MappingValue> {
  const { required, optional } = subtypeOf(subtypeName);
  const missing = required.find(name => !parameters.has(name));
  if (missing !== undefined) {
    throw new Error(`the parameter ${missing} is required for the operation ${subtypeName}`);
  }
  const values = new Map<string, MappingValue>();
  for (const [name, source] of parameters) {
    if (name === 'Region') {
      refuseOtherRegion(source, region);
    } else if (required.includes(name) || optional.includes(name)) {
      values.set(name, compileSource(name, source));
    } else {
      throw new Error(`the operation ${subtypeName} has no parameter ${name}`);
    }
  }
  return values;
}

function compileSource(name: string, source: string): MappingValue {
  try {
    return compileRequestValue(source);
  } catch {
    throw new Error(`Invalid selection expression specified: Validation Result: warnings : [], errors : [Invalid source: ${source} specified for destination: ${name}]`);
  }
}

function refuseOtherRegion(source: string, region: string): void {
  if (source !== region) {
    throw new Error(`the local runtime does not emulate integrations with another region (${source})`);
  }
}

/** An operation of an AWS service, called with the integration's role. */
export function firstClassBackend(integration: HttpIntegration, scope: IntegrationScope): HttpBackend {
  const { context, environment, place } = scope;
  const subtype = subtypeOf(integration.subtype!);
  const parameters = compileParameters(integration.subtype!, integration.requestParameters, environment.region);
  const host = `${subtype.service}.${environment.region}.${environment.urlSuffix}`;

  const principal = (): Principal => {
    const api = `arn:${environment.partition}:execute-api:${environment.region}:${environment.account}:${place.apiId}/${place.stage}`;
    return context.assumeRole(integration.credentialsArn!, SERVICE_PRINCIPAL, api);
  };
  const requestOf = (exchange: HttpExchange): HttpRequest => {
    const { headers, body } = subtype.request(resolve(parameters, exchange));
    return { method: 'POST', path: '/', query: '', headers: { host, ...headers }, body };
  };

  return async exchange => {
    const request = requestOf(exchange);
    const call = async () => context.send(principal(), subtype.service, request);
    return answerWithin(scope, integration.timeoutMilliseconds, call());
  };
}

function resolve(parameters: ReadonlyMap<string, MappingValue>, exchange: HttpExchange): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of parameters) {
    const text = value.read(exchange);
    if (text === undefined) {
      throw badRequest(`Unable to resolve property ${name} from source ${value.source}. Please make sure that the request to API Gateway contains all the necessary fields specified in request parameters.`);
    }
    values.set(name, text);
  }
  return values;
}
