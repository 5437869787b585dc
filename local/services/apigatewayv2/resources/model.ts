import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { required } from './values';

/** AWS::ApiGatewayV2::Model: nothing follows from one that no route uses, and a route that uses one is refused. */
export function modelType(apis: Apis): ResourceType {
  return {
    properties: { used: ['ApiId'], withoutEffect: ['Name', 'Schema', 'ContentType', 'Description'] },
    create: request => createModel(apis, request),
    delete: () => {},
  };
}

function createModel(apis: Apis, request: ResourceRequest<{ ApiId?: string }>): ProvisionedResource {
  apis.get(required('ApiId', request.properties.ApiId));
  const id = request.generateId(6);
  return { ref: id, attributes: { ModelId: id } };
}
