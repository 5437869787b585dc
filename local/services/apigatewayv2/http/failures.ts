/** What an HTTP API itself answers when a request does not reach an integration, or its answer does not reach the client. */

import { GatewayFailure } from '../gateway-response';

export function badRequest(reason: string): GatewayFailure {
  return new GatewayFailure(400, 'Bad Request', reason);
}

export function unauthorized(reason: string): GatewayFailure {
  return new GatewayFailure(401, 'Unauthorized', reason);
}

export function notFound(reason: string): GatewayFailure {
  return new GatewayFailure(404, 'Not Found', reason);
}

export function requestTooLarge(reason: string): GatewayFailure {
  return new GatewayFailure(413, 'Request Entity Too Large', reason);
}

export function internalServerError(reason: string): GatewayFailure {
  return new GatewayFailure(500, 'Internal Server Error', reason);
}

/** The integration cannot be reached, or does not answer in time. */
export function serviceUnavailable(reason: string): GatewayFailure {
  return new GatewayFailure(503, 'Service Unavailable', reason);
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
