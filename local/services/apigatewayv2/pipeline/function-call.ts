import { apiArn } from './api-arn';
import { Environment, Principal, ServiceContext } from '../../../kernel/contracts';

/** API Gateway, to roles and to functions. */
export const SERVICE_PRINCIPAL = 'apigateway.amazonaws.com';

/** What a function answered. */
export interface FunctionAnswer {
  readonly failed: boolean;
  /** JSON: what it returned, or its error. */
  readonly payload: string;
}

export interface CallScope {
  readonly context: ServiceContext;
  readonly environment: Environment;
  readonly apiId: string;
}

/** Who calls a function or a service: a role, or API Gateway itself on behalf of something below the API, which the function's own policy has to allow. */
export function callerOf({ context, environment, apiId }: CallScope, path: string, credentialsArn: string | undefined): Principal {
  const sourceArn = apiArn(environment, apiId, path);
  return credentialsArn === undefined ? { kind: 'service', arn: SERVICE_PRINCIPAL, sourceArn } : context.assumeRole(credentialsArn, SERVICE_PRINCIPAL, sourceArn);
}

/** Calls a function and waits for its answer; rejects when it cannot be called. */
export async function callFunction(context: ServiceContext, principal: Principal, functionArn: string, event: unknown): Promise<FunctionAnswer> {
  const input = { FunctionName: functionArn, InvocationType: 'RequestResponse', Payload: JSON.stringify(event) };
  const output = await context.invoke({ principal, service: 'lambda', operation: 'Invoke', input }) as { FunctionError?: string; Payload?: string };
  return { failed: output.FunctionError !== undefined, payload: output.Payload ?? '' };
}
