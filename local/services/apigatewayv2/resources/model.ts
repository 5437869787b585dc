import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { compileModel } from '../model-schema';
import { required } from './values';

interface ModelProperties {
  readonly ApiId?: string;
  readonly Name?: string;
  readonly ContentType?: string;
  readonly Schema?: unknown;
}

/** AWS::ApiGatewayV2::Model: a JSON Schema, by which routes check messages. */
export function modelType(apis: Apis): ResourceType {
  return {
    properties: { used: ['ApiId', 'Name', 'Schema', 'ContentType'], withoutEffect: ['Description'] },
    create: request => createModel(apis, request),
    delete: ({ properties }) => apis.find(properties.ApiId)?.declare(({ models }) => models.delete(properties.Name)),
  };
}

function createModel(apis: Apis, request: ResourceRequest<ModelProperties>): ProvisionedResource {
  const { ApiId: apiId, Name: declaredName, ContentType: contentType = 'application/json', Schema: schema } = request.properties;
  const api = apis.get(required('ApiId', apiId));
  const name = required('Name', declaredName);
  if (!/^[A-Za-z0-9]+$/.test(name)) {
    throw new Error(`Model name must be alphanumeric: ${name}`);
  }
  if (api.declaration.models.has(name)) {
    throw new Error(`the API has a model with the name ${name} already`);
  }
  const model = { contentType, schema: schemaOf(required('Schema', schema)) };
  compileModel(api, name, new Map(api.declaration.models).set(name, model));
  api.declare(({ models }) => models.set(name, model));
  const id = request.generateId(6);
  return { ref: id, attributes: { ModelId: id } };
}

/** CloudFormation takes it as an object, and as the text of one. */
function schemaOf(schema: unknown): unknown {
  if (typeof schema !== 'string') {
    return schema;
  }
  try {
    return JSON.parse(schema);
  } catch {
    return schema;
  }
}
