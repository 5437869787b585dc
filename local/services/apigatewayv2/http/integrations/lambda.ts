import { apiFunctionArnOf } from './function-uri';
import { AwsError } from '../../../../kernel/aws-error';
import { IntegrationScope } from '../../pipeline/backend';
import { callerOf, callFunction } from '../../pipeline/function-call';
import { HttpIntegration } from '../declaration';
import { internalServerError, requestTooLarge, textOf } from '../failures';
import { HttpExchange } from '../http-exchange';
import { answerWithin, HttpBackend } from './backend';
import { responseOf } from './lambda-answer';
import { proxyEvent } from './lambda-event';

/** A Lambda function that gets the whole request, and answers with the whole response. */
export function lambdaBackend(integration: HttpIntegration, scope: IntegrationScope): HttpBackend {
  const { context, environment, place } = scope;
  const { payloadFormatVersion: version } = integration;
  const functionArn = apiFunctionArnOf(integration.uri, place.stageVariables);
  const call = async (exchange: HttpExchange) => {
    try {
      const caller = callerOf({ context, environment, apiId: place.apiId }, `${place.stage}/${routePath(exchange)}`, integration.credentialsArn);
      return await callFunction(context, caller, functionArn, proxyEvent(exchange, version));
    } catch (error) {
      throw error instanceof AwsError && error.status === 413 ? requestTooLarge(error.message) : internalServerError(textOf(error));
    }
  };
  return async exchange => responseOf(await answerWithin(scope, integration.timeoutMilliseconds, call(exchange)), version);
}

/** What a function's policy knows a route by: the path as the route has it. */
function routePath({ routeKey, method }: HttpExchange): string {
  const path = /^\S+ (\/.*)$/s.exec(routeKey)?.[1];
  return path === undefined ? routeKey : `${method}${path}`;
}
