import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

const VARIABLES = [
  'requestId', 'requestTime', 'eventType', 'routeKey', 'connectionId', 'identity.sourceIp', 'status', 'error.messageString', 'error.responseType',
  'integration.status', 'integration.error', 'integrationLatency',
];

/** One line of JSON for each request, without anything of the message. */
export function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(JSON.stringify(Object.fromEntries(VARIABLES.map(name => [name, `$context.${name}`]))));
}
