import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { compileIntegrationResponse, compileIntegrationResponseKey } from '../pipeline/integration-response';
import { IntegrationResponse } from '../store';
import { required, textMap } from './values';

interface IntegrationResponseProperties {
  readonly ApiId?: string;
  readonly IntegrationId?: string;
  readonly IntegrationResponseKey?: string;
  readonly ContentHandlingStrategy?: string;
  readonly ResponseParameters?: Record<string, unknown>;
  readonly ResponseTemplates?: Record<string, unknown>;
  readonly TemplateSelectionExpression?: string;
}

/** AWS::ApiGatewayV2::IntegrationResponse */
export function integrationResponseType(apis: Apis): ResourceType {
  return {
    properties: {
      used: ['ApiId', 'IntegrationId', 'IntegrationResponseKey', 'ContentHandlingStrategy', 'ResponseParameters', 'ResponseTemplates', 'TemplateSelectionExpression'],
    },
    create: request => createIntegrationResponse(apis, request),
    delete: ({ properties: { ApiId: apiId, IntegrationId: integrationId } }, { ref }) => apis.find(apiId)?.declare(({ integrationResponses }) => {
      integrationResponses.set(integrationId, (integrationResponses.get(integrationId) ?? []).filter(({ id }) => id !== ref));
    }),
  };
}

function createIntegrationResponse(apis: Apis, request: ResourceRequest<IntegrationResponseProperties>): ProvisionedResource {
  const { properties } = request;
  if (properties.ContentHandlingStrategy !== undefined) {
    throw new Error(`the local runtime does not emulate the content handling strategy ${properties.ContentHandlingStrategy}`);
  }
  const integrationId = required('IntegrationId', properties.IntegrationId);
  const response: IntegrationResponse = {
    id: request.generateId(7),
    key: required('IntegrationResponseKey', properties.IntegrationResponseKey),
    responseParameters: textMap(properties.ResponseParameters),
    responseTemplates: textMap(properties.ResponseTemplates),
    templateSelectionExpression: properties.TemplateSelectionExpression,
  };
  compileIntegrationResponseKey(response.key);
  compileIntegrationResponse(response);
  apis.get(required('ApiId', properties.ApiId)).declare(({ integrationResponses }) => {
    const others = integrationResponses.get(integrationId) ?? [];
    if (others.some(({ key }) => key === response.key)) {
      throw new Error(`the integration ${integrationId} has a response with the key ${response.key} already`);
    }
    integrationResponses.set(integrationId, [...others, response]);
  });
  return { ref: response.id, attributes: { IntegrationResponseId: response.id } };
}
