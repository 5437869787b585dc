import { Clock, Environment, HttpResponse, ServiceContext } from '../../../kernel/contracts';
import { GatewayFailure } from '../gateway-response';
import { MappingTemplates } from '../mapping-template';
import { compileSelectionExpression } from '../selection-expression';
import { Integration, IntegrationResponse } from '../store';
import { Exchange, Place } from './exchange';
import { awsBackend } from './integration-aws';
import { httpBackend } from './integration-http';
import { mockBackend } from './integration-mock';
import { IntegrationResponses } from './integration-response';
import { compileRequestParameters, MappedParameters } from './request-parameters';
import { requestBody } from './request-template';

/** A request to a backend. */
export interface IntegrationRequest extends MappedParameters {
  readonly body: string;
}

/** What answers an integration's requests: an AWS service, an HTTP server, or API Gateway itself. Without a promise where none is needed. */
export type Backend = (request: IntegrationRequest, exchange: Exchange) => HttpResponse | Promise<HttpResponse>;

/** An integration, ready to be called. */
export interface CompiledIntegration {
  /** Hands its backend's answer on as it is. */
  readonly isProxy: boolean;
  readonly responses: IntegrationResponses;
  call(exchange: Exchange): HttpResponse | Promise<HttpResponse>;
}

export interface IntegrationScope {
  readonly place: Place;
  readonly environment: Environment;
  readonly context: ServiceContext;
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
    isProxy: integration.type === 'HTTP_PROXY',
    responses: new IntegrationResponses(responses),
    call: exchange => {
      const parameters = mapParameters(exchange);
      const body = requestBody(exchange, templates, integration.passthroughBehavior);
      return backend({ ...parameters, body }, exchange);
    },
  };
}

function compileBackend(integration: Integration, scope: IntegrationScope): Backend {
  switch (integration.type) {
    case 'MOCK': return mockBackend();
    case 'AWS': return awsBackend(integration, scope);
    default: return httpBackend(integration, scope);
  }
}

/** An integration's address may name variables of the stage. */
function withStageVariables(integration: Integration, { stageVariables }: Place): Integration {
  const fill = (text: string) => text.replace(/\$\{stageVariables\.(\w+)\}/g, (_match, name: string) => Object.hasOwn(stageVariables, name) ? stageVariables[name] : '');
  const { uri, credentialsArn } = integration;
  return { ...integration, uri: fill(uri), credentialsArn: credentialsArn === undefined ? undefined : fill(credentialsArn) };
}

/** Waits for a backend no longer than the integration's timeout. */
export function within(clock: Clock, milliseconds: number, answer: Promise<HttpResponse>, giveUp?: () => void): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(milliseconds, () => {
      giveUp?.();
      reject(new GatewayFailure(504, 'Internal server error', `Execution failed due to a timeout error: the integration did not answer within ${milliseconds} ms`));
    });
    answer.then(resolve, reject).finally(cancel);
  });
}
