import { compilePolicy, evaluate } from '../../../engines/iam-policy';
import { GatewayFailure, internalServerError } from '../gateway-response';
import { compileParameterExpression, ParameterReader } from '../parameter-expression';
import { requestContext } from '../request-context';
import { Authorizer } from '../store';
import { apiArn } from './api-arn';
import { Authorization } from './authorize';
import { IntegrationScope, within } from './backend';
import { Exchange } from './exchange';
import { callerOf, callFunction, FunctionAnswer } from './function-call';
import { authorizerEvent } from './proxy-event';

/** API Gateway waits no longer for an authorizer. */
const TIMEOUT_MILLISECONDS = 29_000;
const MAXIMUM_RESULT_BYTES = 8 * 1024;

/** What an authorizer has to answer with. */
interface AuthorizerResult {
  readonly principalId: string;
  readonly policyDocument: object;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly usageIdentifierKey?: string;
}

/** Compiles where an authorizer finds what identifies a caller, such as `route.request.header.Token`; throws when it would find nothing there. */
export function compileIdentitySource(source: string): ParameterReader {
  if (!/^(route\.request\.(header|querystring)|context|stageVariables)\../.test(source)) {
    throw new Error(`"${source}" is no identity source: there are route.request.header, route.request.querystring, context and stageVariables`);
  }
  return compileParameterExpression(source, ['request.parameters', 'context', 'stageVariables']);
}

/** A function of the user's decides, by a policy that it makes for the caller. */
export function functionAuthorization(authorizer: Authorizer, scope: IntegrationScope): Authorization {
  const { context, environment } = scope;
  const identitySources = authorizer.identitySources.map(compileIdentitySource);
  const methodArn = methodArnOf(scope);
  return async exchange => {
    const unidentified = identitySources.some(read => !read(exchange));
    if (unidentified) {
      throw unauthorized('an identity source of the authorizer is missing, and so it is not called');
    }
    const started = context.clock.now();
    const result = readResult(await within(context.clock, TIMEOUT_MILLISECONDS, callAuthorizer(authorizer, scope, exchange)));
    enforce(result, methodArn, environment.account, exchange);
    exchange.connection.usageIdentifierKey = result.usageIdentifierKey;
    exchange.connection.authorizer = { principalId: result.principalId, integrationLatency: context.clock.now() - started, ...result.context };
    exchange.context = requestContext(exchange);
  };
}

/** Calls the function, whatever identifies the caller. */
export async function callAuthorizer(authorizer: Authorizer, scope: IntegrationScope, exchange: Exchange): Promise<FunctionAnswer> {
  const { context, environment, place: { apiId } } = scope;
  try {
    const caller = callerOf({ context, environment, apiId }, `authorizers/${authorizer.id}`, authorizer.credentialsArn);
    return await callFunction(context, caller, authorizer.functionArn, authorizerEvent(exchange, methodArnOf(scope)));
  } catch (error) {
    throw internalServerError(`the authorizer cannot be called: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function methodArnOf({ environment, place }: IntegrationScope): string {
  return apiArn(environment, place.apiId, `${place.stage}/$connect`);
}

function readResult({ failed, payload }: FunctionAnswer): AuthorizerResult {
  const result = Object(JSON.parse(payload)) as Partial<AuthorizerResult> & { errorMessage?: unknown };
  if (failed) {
    throw result.errorMessage === 'Unauthorized' ? unauthorized('the authorizer says so') : internalServerError(`the authorizer failed: ${payload}`);
  }
  const { principalId, policyDocument, context = {} } = result;
  const isValid = typeof principalId === 'string' && typeof policyDocument === 'object' && policyDocument !== null && Buffer.byteLength(payload) <= MAXIMUM_RESULT_BYTES
    && typeof context === 'object' && context !== null && Object.values(context).every(value => ['string', 'number', 'boolean'].includes(typeof value));
  if (!isValid) {
    throw internalServerError(`the authorizer has to answer with principalId, policyDocument, and a context of texts, numbers and booleans, in at most 8 KB: ${payload}`);
  }
  return { ...result, principalId, policyDocument, context };
}

function enforce({ principalId, policyDocument }: AuthorizerResult, methodArn: string, account: string, { connection, time }: Exchange): void {
  let policy;
  try {
    policy = compilePolicy(policyDocument);
  } catch (error) {
    throw internalServerError(`the authorizer's policy is none: ${error instanceof Error ? error.message : String(error)}`);
  }
  const date = new Date(time).toISOString();
  const decision = evaluate({
    principal: { arn: `arn:aws:iam::${account}:user/${principalId}`, account },
    action: 'execute-api:Invoke',
    resource: methodArn,
    context: { 'aws:SourceIp': connection.sourceIp, 'aws:UserAgent': connection.userAgent ?? '', 'aws:CurrentTime': date, 'aws:EpochTime': Math.floor(time / 1000) },
  }, { identity: [policy] });
  if (!decision.allowed) {
    const how = decision.reason === 'explicitDeny' ? ' with an explicit deny' : '';
    throw new GatewayFailure(403, `User is not authorized to access this resource${how}`, `the authorizer's policy for ${principalId}`);
  }
}

function unauthorized(reason: string): GatewayFailure {
  return new GatewayFailure(401, 'Unauthorized', reason);
}
