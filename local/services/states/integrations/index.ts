import { apiGateway } from './api-gateway';
import { awsSdk } from './aws-sdk';
import { http } from './http';
import { Integration, TaskRequest } from './integration';
import { optimized } from './optimized';
import { StatesError } from '../../../engines/asl';
import { ServiceContext } from '../../../kernel/contracts';

/** The one list of service integrations. */
const INTEGRATIONS: readonly Integration[] = [awsSdk, apiGateway, http, optimized];

/** Whether the runtime can run a Task's resource. */
export function supportsResource(resource: string): boolean {
  return INTEGRATIONS.some(integration => integration.supports(resource));
}

export async function runTask(context: ServiceContext, request: TaskRequest): Promise<unknown> {
  const integration = INTEGRATIONS.find(each => each.supports(request.resource));
  if (!integration) {
    throw new StatesError('States.Runtime', `The local runtime does not emulate the resource ${request.resource}.`);
  }
  return integration.run(context, request);
}
