import { HttpRequest, Principal } from '../../../kernel/contracts';
import { parseAwsUri } from '../integration-uri';
import { Integration } from '../store';
import { Backend, fillPath, IntegrationScope, within } from './backend';
import { callerOf } from './function-call';
import { IntegrationRequest } from './integration-request';

/** The services whose protocol API Gateway knows. Others, EventBridge among them, need their headers from the integration's request parameters. */
const KNOWN_PROTOCOLS = new Map([
  ['dynamodb', { targetPrefix: 'DynamoDB_20120810', contentType: 'application/x-amz-json-1.0' }],
  ['kinesis', { targetPrefix: 'Kinesis_20131202', contentType: 'application/x-amz-json-1.1' }],
  ['ssm', { targetPrefix: 'AmazonSSM', contentType: 'application/x-amz-json-1.1' }],
  ['states', { targetPrefix: 'AWSStepFunctions', contentType: 'application/x-amz-json-1.0' }],
]);

/** Services that answer in XML, such as SQS, answer in JSON to who accepts that. */
const OTHER_HEADERS = { 'accept': 'application/json', 'content-type': 'application/json' };

/** An AWS service, called with the integration's role; a function may be called without one. */
export function awsBackend(integration: Integration, { environment, context, place }: IntegrationScope): Backend {
  const { service, host, path, action } = parseAwsUri(integration.uri, environment);
  const protocol = KNOWN_PROTOCOLS.get(service);
  const headers: Record<string, string> = { host, ...(protocol ? { 'content-type': protocol.contentType } : OTHER_HEADERS) };
  if (protocol && action !== undefined) {
    headers['x-amz-target'] = `${protocol.targetPrefix}.${action}`;
  }
  const actionQuery: Array<readonly [string, string]> = protocol || action === undefined ? [] : [['Action', action]];

  const requestTo = ({ parameters, body }: IntegrationRequest): HttpRequest => ({
    method: integration.method,
    path: fillPath(path, parameters.path),
    query: [...actionQuery, ...parameters.query].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&'),
    headers: { ...headers, ...parameters.headers },
    body,
  });

  // Every message needs it.
  const callers = new Map<string, Principal>();
  const callerFor = (routeKey: string) => {
    let caller = callers.get(routeKey);
    if (!caller) {
      caller = callerOf({ context, environment, apiId: place.apiId }, `${place.stage}/${routeKey}`, integration.credentialsArn);
      callers.set(routeKey, caller);
    }
    return caller;
  };

  return (request, { routeKey, stages }) => {
    const sent = requestTo(request);
    const caller = callerFor(routeKey);
    stages?.add('Request to the service', { service, caller: caller.arn, ...sent });
    return within(context.clock, integration.timeoutMilliseconds, context.send(caller, service, sent));
  };
}
