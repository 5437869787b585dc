import { GatewayFailure } from '../gateway-response';

const TYPES: Readonly<Record<number, string>> = {
  401: 'UNAUTHORIZED', 403: 'ACCESS_DENIED', 413: 'REQUEST_TOO_LARGE', 429: 'THROTTLED', 504: 'INTEGRATION_TIMEOUT',
};

/** What kind of gateway response a failure gets. */
export function responseTypeOf({ status, clientMessage, reason }: GatewayFailure): string {
  if (status === 400) {
    return clientMessage.startsWith('Missing required request parameters') ? 'BAD_REQUEST_PARAMETERS' : 'BAD_REQUEST_BODY';
  }
  if (status === 500) {
    return reason.startsWith('Execution failed due to configuration error') ? 'API_CONFIGURATION_ERROR' : 'INTEGRATION_FAILURE';
  }
  return TYPES[status] ?? (status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
}
