/** What API Gateway itself answers when a request does not reach an integration, or its answer does not reach the client. */

/** A request that ends in a gateway response; the reason is for whoever watches, never for the client. */
export class GatewayFailure extends Error {
  constructor(
    readonly status: number, readonly clientMessage: string, readonly reason: string,
    /** What in the request's body is against its model. */
    readonly validationErrors?: string,
  ) {
    super(`${clientMessage}: ${reason}`);
    this.name = 'GatewayFailure';
  }
}

/** No route takes up the message. */
export function forbidden(reason: string): GatewayFailure {
  return new GatewayFailure(403, 'Forbidden', reason);
}

/** The request's body is not as its route's model wants it. */
export function badRequestBody(reason: string, validationErrors: string): GatewayFailure {
  return new GatewayFailure(400, 'Bad request body', reason, validationErrors);
}

/** There are more requests than may be. */
export function tooManyRequests(reason: string): GatewayFailure {
  return new GatewayFailure(429, 'Too Many Requests', reason);
}

/** The integration cannot be called, or its answer cannot be used. */
export function internalServerError(reason: string): GatewayFailure {
  return new GatewayFailure(500, 'Internal server error', reason);
}

/** The frame that a client gets. The spacing is AWS's: a space after the first colon and after each comma, none after the other colons. */
export function gatewayResponse(message: string, connectionId: string, id: string, idName: 'requestId' | 'messageId' = 'requestId'): string {
  return `{"message": ${JSON.stringify(message)}, "connectionId":"${connectionId}", "${idName}":"${id}"}`;
}
