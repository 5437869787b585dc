import { ProvisionedResource, ResourceRequest, ResourceType } from './contracts';
import { STAND_IN } from './stand-in';

/** Makes a resource, unless it has a property that the runtime does not know: ignoring it would run another template than the one that will be deployed. */
export function createResource(type: ResourceType, request: ResourceRequest): ProvisionedResource | Promise<ProvisionedResource> {
  checkProperties(type, request);
  return type.create(request);
}

/** Refuses a property that the runtime does not know. */
export function checkProperties(type: ResourceType, request: ResourceRequest): void {
  if (type === STAND_IN) {
    return;
  }
  const { used, withoutEffect = [] } = type.properties;
  const unknown = Object.keys(request.properties).find(name => !used.includes(name) && !withoutEffect.includes(name));
  if (unknown !== undefined) {
    throw new Error(`the local runtime does not emulate the property ${unknown} of ${request.type}`);
  }
}
