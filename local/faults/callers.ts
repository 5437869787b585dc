import { Principal } from '../kernel/contracts';

/** Whoever calls from outside, in a rule's `caller`. */
export const CLIENT = 'client';

/** The callers that have a connection which can be lost. */
export const CALLERS_OVER_HTTP: readonly string[] = [CLIENT, 'lambda'];

/** Who makes a call: the service of the resource on whose behalf it is made, or a client. */
export function callerOf({ kind, arn, sourceArn }: Principal): string {
  if (kind === 'account') {
    return CLIENT;
  }
  const service = sourceArn?.split(':')[2] ?? arn.split('.')[0];
  // The account's own logs are a matter of the service that makes APIs.
  return service === 'apigateway' ? 'execute-api' : service;
}
