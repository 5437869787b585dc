import { compilePolicy, evaluate } from '../../../../engines/iam-policy';
import { forbidden } from '../../gateway-response';
import { functionArnOf } from '../../lambda-uri';
import { apiArn } from '../../pipeline/api-arn';
import { IntegrationScope } from '../../pipeline/backend';
import { callerOf, callFunction, FunctionAnswer } from '../../pipeline/function-call';
import { HttpAuthorizer } from '../declaration';
import { internalServerError, textOf, unauthorized } from '../failures';
import { HttpExchange } from '../http-exchange';
import { answerWithin } from '../integrations/backend';
import { authorizerEvent } from '../integrations/lambda-event';
import { compileRequestValue, MappingValue } from '../mapping-value';
import { HttpAuthorization } from './authorization';

/** API Gateway waits no longer for an authorizer. */
const TIMEOUT_MILLISECONDS = 10_000;

/** Strangers make up as many identities as they like. */
const MOST_REMEMBERED = 10_000;

interface Result {
  readonly isAuthorized?: unknown;
  readonly principalId?: unknown;
  readonly policyDocument?: unknown;
  readonly context?: unknown;
}

const IDENTITY_SOURCE = /^\$(request\.(header|querystring)|context|stageVariables)\../;

/** Compiles where an authorizer finds what identifies a caller, such as `$request.header.Authorization`; throws when it would find nothing there. */
export function compileIdentitySource(source: string): MappingValue {
  if (!IDENTITY_SOURCE.test(source)) {
    throw new Error(`"${source}" is no identity source: there are $request.header, $request.querystring, $context and $stageVariables`);
  }
  return compileRequestValue(source);
}

/** A function of the user's decides, once for each identity as long as it is remembered. */
export function functionAuthorization(authorizer: HttpAuthorizer, scope: IntegrationScope): HttpAuthorization {
  const { context, environment, place } = scope;
  const identitySources = authorizer.identitySources.map(compileIdentitySource);
  const remembered = new Map<string, { readonly until: number; readonly result: Result }>();

  const ask = async (exchange: HttpExchange, identity: readonly string[], routeArn: string): Promise<Result> => {
    const caller = callerOf({ context, environment, apiId: place.apiId }, `authorizers/${authorizer.id}`, authorizer.credentialsArn);
    const event = authorizerEvent(exchange, authorizer.payloadFormatVersion, identity, routeArn);
    const answer = callFunction(context, caller, functionArnOf(authorizer.uri), event);
    return readResult(await answerWithin(scope, TIMEOUT_MILLISECONDS, answer), authorizer.answersSimply);
  };

  return async exchange => {
    const identity = identitySources.map(source => source.read(exchange) ?? '');
    if (identity.includes('')) {
      throw unauthorized('an identity source of the authorizer is missing, and so it is not called');
    }
    const routeArn = apiArn(environment, place.apiId, `${place.stage}/${exchange.method}${exchange.path}`);
    const key = JSON.stringify(identity);
    const known = remembered.get(key);
    let result = known && known.until > exchange.time ? known.result : undefined;
    if (!result) {
      try {
        result = await ask(exchange, identity, routeArn);
      } catch (error) {
        throw internalServerError(`the authorizer failed: ${textOf(error)}`);
      }
      if (authorizer.ttlSeconds > 0 && identity.length > 0) {
        if (remembered.size >= MOST_REMEMBERED) {
          remembered.delete(remembered.keys().next().value!);
        }
        remembered.set(key, { until: exchange.time + authorizer.ttlSeconds * 1000, result });
      }
    }
    if (authorizer.answersSimply ? result.isAuthorized !== true : !isAllowed(result, routeArn, environment.account, exchange)) {
      throw forbidden('the authorizer does not allow it');
    }
    exchange.authorizer = { ...(authorizer.answersSimply ? {} : { principalId: result.principalId }), ...Object(result.context) as object };
  };
}

function readResult({ failed, payload }: FunctionAnswer, isSimple: boolean): Result {
  const result = failed ? undefined : JSON.parse(payload) as Result | null;
  const isValid = typeof result === 'object' && result !== null
    && (isSimple ? typeof result.isAuthorized === 'boolean' : typeof result.principalId === 'string' && typeof result.policyDocument === 'object' && result.policyDocument !== null);
  if (!isValid) {
    throw new Error(`it has to answer with ${isSimple ? 'isAuthorized, true or false' : 'principalId and policyDocument'}: ${payload}`);
  }
  return result;
}

function isAllowed({ principalId, policyDocument }: Result, resource: string, account: string, { sourceIp, time }: HttpExchange): boolean {
  let policy;
  try {
    policy = compilePolicy(policyDocument as object);
  } catch (error) {
    throw internalServerError(`the authorizer's policy is none: ${textOf(error)}`);
  }
  return evaluate({
    principal: { arn: `arn:aws:iam::${account}:user/${String(principalId)}`, account },
    action: 'execute-api:Invoke',
    resource,
    context: { 'aws:SourceIp': sourceIp, 'aws:CurrentTime': new Date(time).toISOString(), 'aws:EpochTime': Math.floor(time / 1000) },
  }, { identity: [policy] }).allowed;
}
