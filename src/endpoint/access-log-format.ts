import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

const VARIABLES = [
  'requestId', 'requestTime', 'eventType', 'routeKey', 'connectionId', 'identity.sourceIp', 'status', 'error.message', 'error.responseType',
  'integration.status', 'integration.error', 'integrationLatency',
];

/** One line of JSON for each request, without anything of the message. `error.messageString` would bring quotes of its own, but only where there is an error. */
export function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(JSON.stringify(Object.fromEntries(VARIABLES.map(name => [name, `$context.${name}`]))));
}
