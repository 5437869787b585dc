import { ApiKeys } from '../api-keys';
import { forbidden, tooManyRequests } from '../gateway-response';
import { requestContext } from '../request-context';
import { ApiKeySource } from '../store';
import { Authorization } from './authorize';
import { Place } from './exchange';

/** The caller needs a key of a usage plan that has the stage. */
export function apiKeyAuthorization(source: ApiKeySource, apiKeys: ApiKeys, { apiId, stage }: Place): Authorization {
  return exchange => {
    const { connection, parameters } = exchange;
    const value = source === '$request.header.x-api-key' ? parameters.headerValues.get('x-api-key')?.at(-1) : connection.usageIdentifierKey;
    const use = value === undefined ? undefined : apiKeys.find(value, apiId, stage);
    if (!use) {
      throw forbidden('the route requires an API key of a usage plan that has the stage');
    }
    if (use.bucket?.take(exchange.time) === false) {
      throw tooManyRequests(`the throttle of the usage plan ${use.planId} is exhausted`);
    }
    connection.caller = { ...connection.caller, apiKey: use.value, apiKeyId: use.keyId };
    exchange.context = requestContext(exchange);
  };
}
