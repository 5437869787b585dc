import { ProvisionedResource, ResourceRequest, ResourceType } from './contracts';

/** Makes a resource, unless it has a property that the runtime does not know: ignoring it would run another template than the one that will be deployed. */
export function createResource(type: ResourceType, request: ResourceRequest): ProvisionedResource | Promise<ProvisionedResource> {
  checkProperties(type, request);
  return type.create(request);
}

/** Refuses a property that the runtime does not know. */
export function checkProperties({ properties: { used, withoutEffect = [] } }: ResourceType, request: ResourceRequest): void {
  const unknown = Object.keys(request.properties).find(name => !used.includes(name) && !withoutEffect.includes(name));
  if (unknown !== undefined) {
    throw new Error(`the local runtime does not emulate the property ${unknown} of ${request.type}`);
  }
}
