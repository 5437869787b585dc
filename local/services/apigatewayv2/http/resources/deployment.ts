import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../../kernel/contracts';
import { required } from '../../resources/values';
import { HttpApis } from '../http-apis';

/** AWS::ApiGatewayV2::Deployment of an HTTP API: what is declared at this moment. */
export function httpDeploymentType(apis: HttpApis): ResourceType {
  return {
    properties: { used: ['ApiId'], withoutEffect: ['Description'] },
    comesLast: true,
    create: request => createDeployment(apis, request),
    delete: ({ properties }, { ref }) => apis.find(properties.ApiId)?.undeploy(ref),
  };
}

function createDeployment(apis: HttpApis, request: ResourceRequest<{ ApiId?: string }>): ProvisionedResource {
  const api = apis.get(required('ApiId', request.properties.ApiId));
  if (api.declaration.routesByKey.size === 0) {
    throw new Error('At least one route is required before deploying the Api. Let the deployment depend on the routes.');
  }
  const id = request.generateId(6);
  api.deploy(id);
  return { ref: id, attributes: { DeploymentId: id } };
}
