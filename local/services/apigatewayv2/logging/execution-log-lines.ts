import { ExchangeLog } from './exchange-log';
import { RouteLogging } from './route-logging';
import { Exchange } from '../pipeline/exchange';
import { Outcome } from '../pipeline/outcome';

/** AWS cuts longer lines, such as those with bodies. */
const LONGEST_LINE_BYTES = 1024;
const TRUNCATED = ' [TRUNCATED]';

/** What the execution log says of an exchange, line by line. */
export function executionLogLines(exchange: Exchange, log: ExchangeLog, outcome: Outcome, { level, traced }: RouteLogging): string[] {
  const errors = errorLines(outcome);
  const lines = level === 'ERROR' ? errors : [
    ...openingLines(exchange),
    ...(traced ? requestLines(exchange, log) : []),
    ...(traced ? responseLines(log, outcome) : []),
    ...(log.integrationRequestId === undefined ? [] : [`AWS Integration Endpoint RequestId : ${log.integrationRequestId}`]),
    ...errors,
    ...closingLines(exchange, log, outcome),
  ];
  return lines.map(line => cut(`(${exchange.requestId}) ${line}`));
}

function openingLines({ eventType, requestId, routeKey, place, connection }: Exchange): string[] {
  const lines = [`Extended Request Id: ${requestId}`, `Starting execution for request: ${requestId}`, `WebSocket Request Route: [${routeKey}]`];
  if (eventType === 'CONNECT') {
    lines.push(`Client [UserAgent: ${connection.userAgent ?? null}, SourceIp: ${connection.sourceIp}] is connecting to WebSocket API [${place.apiId}].`);
  } else if (eventType === 'MESSAGE') {
    lines.push(`WebSocket API [${place.apiId}] received message from client [Connection Id: ${connection.id}].`);
  }
  return lines;
}

function requestLines({ parameters, body }: Exchange, { request, uri }: ExchangeLog): string[] {
  return [
    `Method request query string: ${javaMap(parameters.querystring)}`,
    `Method request headers: ${javaMap(parameters.header)}`,
    `Method request body before transformations: ${body}`,
    ...(request === undefined ? [] : [
      ...(uri === '' ? [] : [`Endpoint request URI: ${uri}`]),
      `Endpoint request headers: ${javaMap(request.parameters.headers)}`,
      `Endpoint request body after transformations: ${request.body}`,
      ...(uri === '' ? [] : [`Sending request to ${uri}`]),
    ]),
  ];
}

function responseLines({ response, integrationLatency }: ExchangeLog, { body }: Outcome): string[] {
  return response === undefined ? [] : [
    `Received response. Status: ${response.status}, Integration latency: ${integrationLatency} ms`,
    `Endpoint response headers: ${javaMap(response.headers)}`,
    `Endpoint response body before transformations: ${response.body}`,
    ...(body === undefined ? [] : [`Method response body after transformations: ${body}`]),
  ];
}

function errorLines({ error, status }: Outcome): string[] {
  if (!error) {
    return [];
  }
  const { reason, validationErrors } = error;
  return [reason.startsWith('Execution failed') || validationErrors !== undefined ? reason : `Execution failed: ${reason}`, `Method completed with status: ${status}`];
}

function closingLines({ eventType, connection, place, end }: Exchange, { response }: ExchangeLog, { status, error }: Outcome): string[] {
  if (error) {
    return [];
  }
  switch (eventType) {
    case 'CONNECT':
      return status < 300 ? [`Client [Connection Id: ${connection.id}] connected to API [${place.apiId}] successfully.`] : [`Method completed with status: ${status}`];
    case 'MESSAGE':
      return [`Message from client [Connection Id: ${connection.id}] sent to API [${place.apiId}] with response status code [${status}].`];
    default: {
      const answered = response === undefined ? '' : ` with integration response status code [${response.status}]`;
      return [`Client [Connection Id: ${connection.id}] disconnected from API [${place.apiId}]${answered}. Close reason: [${end?.code}: ${end?.reason}]`];
    }
  }
}

/** As Java prints a map. */
function javaMap(values: Readonly<Record<string, string>>): string {
  return `{${Object.entries(values).map(([name, value]) => `${name}=${value}`).join(', ')}}`;
}

function cut(line: string): string {
  if (line.length * 3 <= LONGEST_LINE_BYTES || Buffer.byteLength(line) <= LONGEST_LINE_BYTES) {
    return line;
  }
  return Buffer.from(line).subarray(0, LONGEST_LINE_BYTES - TRUNCATED.length).toString().replace(/\ufffd$/, '') + TRUNCATED;
}
