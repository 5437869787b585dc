import { Exchange, RequestContext } from './pipeline/exchange';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Makes `$context` for a request whose route is known. */
export function requestContext(exchange: Exchange): RequestContext {
  const { connection, place, time, requestId, messageId, end } = exchange;
  const context: RequestContext = {
    routeKey: exchange.routeKey,
    eventType: exchange.eventType,
    messageDirection: 'IN',
    requestId,
    // For a WebSocket API the two are the same.
    extendedRequestId: requestId,
    requestTime: commonLogTime(time),
    requestTimeEpoch: time,
    connectionId: connection.id,
    connectedAt: connection.connectedAt,
    stage: place.stage,
    apiId: place.apiId,
    domainName: place.domainName,
    identity: { ...connection.caller, sourceIp: connection.sourceIp, userAgent: connection.userAgent },
    isBase64Encoded: false,
  };
  if (connection.authorizer) {
    context.authorizer = connection.authorizer;
  }
  if (messageId !== undefined) {
    context.messageId = messageId;
  }
  if (end !== undefined) {
    context.disconnectStatusCode = end.code;
    context.disconnectReason = end.reason;
  }
  return context;
}

let formattedSecond = Number.NaN;
let formattedText = '';

/** The time as the Common Log Format has it, always in UTC. Requests of the same second share the text. */
export function commonLogTime(time: number): string {
  const second = Math.floor(time / 1000);
  if (second !== formattedSecond) {
    const date = new Date(second * 1000);
    const two = (value: number) => String(value).padStart(2, '0');
    const day = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
    formattedText = `${day}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
    formattedSecond = second;
  }
  return formattedText;
}
