/**
 * The way of a request through API Gateway, one module for each of its stages:
 *
 * select route → authorize → throttle → validate → request parameters → request template → integration → integration response → response template →
 * deliver
 *
 * What selects and what delivers differ between a handshake and a message and stay with the gateway; here is what they have in common.
 */

import { AwsError } from '../../../kernel/aws-error';
import { HttpResponse } from '../../../kernel/contracts';
import { CompiledRoute } from '../compiled-route';
import { GatewayFailure, gatewayResponse, internalServerError } from '../gateway-response';
import { authorize } from './authorize';
import { Exchange } from './exchange';
import { CompiledIntegration } from './integration';
import { ACCEPTED, Outcome } from './outcome';
import { handshakeStatus, responseBody } from './response-template';
import { throttle } from './throttle';

/** Sends an exchange along its route; never fails, and needs no promise unless the integration does. */
export function runPipeline(route: CompiledRoute, exchange: Exchange): Outcome | Promise<Outcome> {
  if (route.authorizations.length > 0 && exchange.eventType === 'CONNECT') {
    return authorize(route.authorizations, exchange).then(() => runAuthorized(route, exchange), error => fail(exchange, error));
  }
  return runAuthorized(route, exchange);
}

function runAuthorized(route: CompiledRoute, exchange: Exchange): Outcome | Promise<Outcome> {
  try {
    throttle(exchange, route.throttle);
    route.checkParameters(exchange);
    route.checkBody(exchange);
    const { integration } = route;
    if (!integration) {
      return withoutIntegration(exchange);
    }
    const response = integration.call(exchange);
    return response instanceof Promise
      ? response.then(answer => respond(route, integration, exchange, answer)).catch(error => fail(exchange, error))
      : respond(route, integration, exchange, response);
  } catch (error) {
    return fail(exchange, error);
  }
}

/** A gateway response in place of what the integration would have answered. */
export function fail(exchange: Exchange, error: unknown): Outcome {
  const failure = error instanceof GatewayFailure ? error : internalServerError(error instanceof Error ? error.message : String(error));
  exchange.stages?.add('Gateway response', { status: failure.status, message: failure.clientMessage, reason: failure.message });
  return {
    status: failure.status,
    headers: { 'Content-Type': 'application/json' },
    body: responseTo(exchange, failure),
    error: failure,
    failure: failure.message,
    // What a service or IAM refuses is the template's affair; all else should not have happened.
    fault: failure === error || error instanceof AwsError ? undefined : error instanceof Error ? error.stack : failure.message,
  };
}

/** A message whose body is refused is told by its own identifier. */
function responseTo({ connection, requestId, messageId }: Exchange, { clientMessage, validationErrors }: GatewayFailure): string {
  return validationErrors !== undefined && messageId !== undefined
    ? gatewayResponse(clientMessage, connection.id, messageId, 'messageId')
    : gatewayResponse(clientMessage, connection.id, requestId);
}

function withoutIntegration(exchange: Exchange): Outcome {
  if (exchange.eventType === 'CONNECT') {
    return ACCEPTED;
  }
  throw internalServerError(`the route ${exchange.routeKey} has no integration`);
}

/** What the client is not told of, whoever watches is. */
function unanswered({ status, headers, body }: HttpResponse): Outcome {
  const hasFailed = status >= 400 || headers['x-amz-function-error'] !== undefined;
  return { ...ACCEPTED, status, failure: hasFailed ? `the integration answered with the status ${status}: ${body}` : undefined };
}

function respond(route: CompiledRoute, integration: CompiledIntegration, exchange: Exchange, response: HttpResponse): Outcome {
  const isHandshake = exchange.eventType === 'CONNECT';
  exchange.stages?.add('Answer of the integration', { status: response.status, headers: response.headers, body: response.body });
  if (!route.answers && !isHandshake) {
    return unanswered(response);
  }
  if (integration.isProxy) {
    return { status: response.status, headers: isHandshake && integration.answersHeaders ? response.headers : {}, body: isHandshake || response.body !== '' ? response.body : undefined };
  }
  if (!route.answers) {
    throw internalServerError('the $connect route has no route response, and so its integration\'s answer does not reach the client');
  }
  const matched = integration.responses.match(integration.selectionOf(response));
  if (!matched) {
    throw internalServerError(`no integration response matches the status ${response.status} that the integration answered: ${response.body}`);
  }
  exchange.stages?.add('Integration response', { selection: integration.selectionOf(response), key: matched.key });
  const { text, isTemplate } = responseBody(exchange, matched, response);
  const headers: Record<string, string> = {};
  for (const { name, read } of matched.headers) {
    const value = read(exchange, response);
    if (value !== undefined) {
      headers[name] = value;
    }
  }
  return { status: isHandshake ? handshakeStatus(text, isTemplate, response) : response.status, headers, body: text };
}
