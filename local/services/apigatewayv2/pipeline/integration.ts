import { HttpResponse } from '../../../kernel/contracts';
import { MappingTemplates } from '../mapping-template';
import { compileSelectionExpression } from '../selection-expression';
import { Integration, IntegrationResponse } from '../store';
import { Backend, IntegrationScope } from './backend';
import { Exchange, Place } from './exchange';
import { awsBackend } from './integration-aws';
import { internalServerError } from '../gateway-response';
import { httpBackend } from './integration-http';
import { lambdaProxyBackend } from './integration-lambda';
import { mockBackend } from './integration-mock';
import { IntegrationRequest } from './integration-request';
import { IntegrationResponses } from './integration-response';
import { compileRequestParameters } from './request-parameters';
import { requestBody } from './request-template';

/** An integration, ready to be called. */
export interface CompiledIntegration {
  /** Hands its backend's answer on as it is. */
  readonly isProxy: boolean;
  /** The headers of its answer are those of a handshake's. */
  readonly answersHeaders: boolean;
  readonly responses: IntegrationResponses;
  /** What selects among the responses: the status, or for a function the message of its error. */
  selectionOf(response: HttpResponse): string | number;
  call(exchange: Exchange): HttpResponse | Promise<HttpResponse>;
}

/** Compiles an integration and its responses for one stage. */
export function compileIntegration(integration: Integration, responses: readonly IntegrationResponse[], scope: IntegrationScope): CompiledIntegration {
  const { templateSelectionExpression: expression } = integration;
  const templates = new MappingTemplates(
    integration.requestTemplates, expression === undefined ? undefined : compileSelectionExpression(expression, ['request.body']),
  );
  const mapParameters = compileRequestParameters(integration.requestParameters);
  const backend = compileBackend(withStageVariables(integration, scope.place), scope);
  return {
    isProxy: integration.type === 'HTTP_PROXY' || integration.type === 'AWS_PROXY',
    answersHeaders: integration.type === 'AWS_PROXY',
    selectionOf: integration.type === 'AWS' && /:lambda:path\//.test(integration.uri) ? errorMessageOf : response => response.status,
    responses: new IntegrationResponses(responses),
    call: exchange => {
      const parameters = mapParameters(exchange);
      // A function gets the request itself.
      const body = integration.type === 'AWS_PROXY' ? exchange.body : requestBody(exchange, templates, integration.passthroughBehavior);
      const request = { parameters, body };
      const { log, stages } = exchange;
      stages?.add('Integration request', { integrationType: integration.type, uri: integration.uri, credentials: integration.credentialsArn, ...describe(request) });
      return log ? log.integrate(integration.uri, request, () => backend(request, exchange)) : backend(request, exchange);
    },
  };
}

function describe({ parameters: { headers, query, path }, body }: IntegrationRequest) {
  return { headers, query: Object.fromEntries(query), path: Object.fromEntries(path), body };
}

function compileBackend(integration: Integration, scope: IntegrationScope): Backend {
  switch (integration.type) {
    case 'MOCK': return mockBackend();
    case 'AWS_PROXY': return lambdaProxyBackend(integration, scope);
    case 'AWS': return awsBackend(integration, scope);
    default: return httpBackend(integration, scope);
  }
}

/** Empty when the function has not failed. */
function errorMessageOf({ status, headers, body }: HttpResponse): string | number {
  if (status >= 300) {
    throw internalServerError(`Execution failed due to configuration error: ${body}`);
  }
  if (headers['x-amz-function-error'] === undefined) {
    return '';
  }
  const { errorMessage } = Object(JSON.parse(body)) as { errorMessage?: unknown };
  return String(errorMessage ?? '');
}

/** An integration's address may name variables of the stage. */
function withStageVariables(integration: Integration, { stageVariables }: Place): Integration {
  const fill = (text: string) => text.replace(/\$\{stageVariables\.(\w+)\}/g, (_match, name: string) => Object.hasOwn(stageVariables, name) ? stageVariables[name] : '');
  const { uri, credentialsArn } = integration;
  return { ...integration, uri: fill(uri), credentialsArn: credentialsArn === undefined ? undefined : fill(credentialsArn) };
}
