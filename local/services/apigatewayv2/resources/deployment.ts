import { Assumption, ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { DeclaredApi } from '../declared-api';
import { required } from './values';

/** Published templates whose deployment waits for a route alone show its responses on AWS. */
export const DEPLOYMENT_ASSUMPTION: Assumption = {
  about: 'What a deployment shows of the resources that CloudFormation makes at the same time',
  assumed: 'all of it: a deployment comes last among those that wait for the same',
};

/** The APIs of one protocol. */
interface DeployableApis {
  find(id: string): DeployableApi | undefined;
  get(id: string): DeployableApi;
}

type DeployableApi = Pick<DeclaredApi<{ readonly routesByKey: ReadonlyMap<string, unknown> }>, 'declaration' | 'deploy' | 'undeploy'>;

/** AWS::ApiGatewayV2::Deployment: what is declared at this moment. What is made after it is not deployed, as on AWS. */
export function deploymentType(apis: DeployableApis): ResourceType {
  return {
    properties: { used: ['ApiId'], withoutEffect: ['Description'] },
    comesLast: true,
    create: request => createDeployment(apis, request),
    delete: ({ properties }, { ref }) => apis.find(properties.ApiId)?.undeploy(ref),
  };
}

function createDeployment(apis: DeployableApis, request: ResourceRequest<{ ApiId?: string }>): ProvisionedResource {
  const api = apis.get(required('ApiId', request.properties.ApiId));
  if (api.declaration.routesByKey.size === 0) {
    throw new Error('At least one route is required before deploying the Api. Let the deployment depend on the routes.');
  }
  const id = request.generateId(6);
  api.deploy(id);
  return { ref: id, attributes: { DeploymentId: id } };
}
