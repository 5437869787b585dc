import { HttpResponse } from '../../../kernel/contracts';
import { GatewayFailure, internalServerError } from '../gateway-response';
import { functionArnOf } from '../lambda-uri';
import { Integration } from '../store';
import { Backend, IntegrationScope, within } from './backend';
import { callerOf, callFunction, FunctionAnswer } from './function-call';
import { proxyEvent } from './proxy-event';

/** Those of the handshake are not for a function to answer. */
const HANDSHAKE_HEADER = /^(connection|content-length|keep-alive|sec-websocket-(accept|extensions|key|version)|transfer-encoding|upgrade)$/i;

interface ProxyResponse {
  readonly statusCode?: unknown;
  readonly headers?: unknown;
  readonly multiValueHeaders?: unknown;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** A Lambda function that gets the whole request, and answers with the whole response. */
export function lambdaProxyBackend(integration: Integration, { context, environment, place }: IntegrationScope): Backend {
  const functionArn = functionArnOf(integration.uri);
  const scope = { context, environment, apiId: place.apiId };
  return (_, exchange) => {
    const call = async () => {
      try {
        const caller = callerOf(scope, `${place.stage}/${exchange.routeKey}`, integration.credentialsArn);
        return await callFunction(context, caller, functionArn, proxyEvent(exchange));
      } catch (error) {
        throw internalServerError(error instanceof Error ? error.message : String(error));
      }
    };
    return within(context.clock, integration.timeoutMilliseconds, call().then(responseOf));
  };
}

function responseOf({ failed, payload }: FunctionAnswer): HttpResponse {
  if (failed) {
    throw badGateway(`Lambda execution failed: ${payload}`);
  }
  const response = JSON.parse(payload) as ProxyResponse | null;
  const status = Number(typeof response === 'object' ? response?.statusCode : undefined);
  const { body } = Object(response) as ProxyResponse;
  if (!response || !Number.isInteger(status) || status < 100 || status > 599 || (typeof body !== 'string' && body !== undefined && body !== null)) {
    throw badGateway(`Execution failed due to configuration error: Malformed Lambda proxy response: ${payload}`);
  }
  const text = body ?? '';
  return {
    status,
    headers: { ...headersOf(response.headers), ...headersOf(response.multiValueHeaders) },
    body: response.isBase64Encoded === true ? Buffer.from(text, 'base64').toString() : text,
  };
}

function headersOf(headers: unknown): Record<string, string> {
  const entries = Object.entries(Object(headers) as Record<string, unknown>).filter(([name, value]) => value !== null && !HANDSHAKE_HEADER.test(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]));
}

function badGateway(reason: string): GatewayFailure {
  return new GatewayFailure(502, 'Internal server error', reason);
}
