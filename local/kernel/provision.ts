import { createHash } from 'node:crypto';
import { ProvisionedResource, ProvisionedStack, ResourceRequest, ResourceType } from './contracts';
import { environmentOf } from './environment';
import { Kernel } from './kernel';
import { StackTemplate, TemplateResolver } from './template';

/** A template that the runtime cannot run: names the stack, the resource, and what is wrong. */
export class ProvisioningError extends Error {
  readonly name = 'ProvisioningError';
}

/** The CDK's own record of its version: it stands for nothing. */
const NOTHING = 'AWS::CDK::Metadata';

/** Makes every resource of the stacks, in the order of their references, each by the service that knows its type. */
export async function provision(kernel: Kernel, stacks: readonly StackTemplate[]): Promise<ProvisionedStack[]> {
  const exported = new Map<string, string>();
  const types = resourceTypes(kernel);
  const resolvers = stacks.map(stack => new TemplateResolver(stack, { ...environmentOf(stack), importValue: name => exported.get(name) }));
  resolvers.forEach(resolver => refuseUnknownTypes(resolver, types));

  const provisioned: ProvisionedStack[] = [];
  for (const resolver of resolvers) {
    const stack = await provisionStack(resolver, types);
    stack.exports.forEach((value, name) => exported.set(name, value));
    provisioned.push(stack);
  }
  return provisioned;
}

function resourceTypes(kernel: Kernel): ReadonlyMap<string, ResourceType> {
  return new Map([...kernel.services].flatMap(service => Object.entries(service.resourceTypes)));
}

function refuseUnknownTypes(resolver: TemplateResolver, types: ReadonlyMap<string, ResourceType>): void {
  const { stack } = resolver;
  const unknown = resolver.orderResources().filter(logicalId => {
    const type = resolver.definition(logicalId).Type;
    return type !== NOTHING && !types.has(type);
  });
  if (unknown.length > 0) {
    const named = unknown.map(logicalId => `${resolver.definition(logicalId).Type} (${stack.constructPaths.get(logicalId) ?? logicalId})`);
    throw new ProvisioningError(`Stack ${stack.name} has resources that the local runtime does not emulate: ${named.join(', ')}. Leave them out of the app you run locally.`);
  }
}

async function provisionStack(resolver: TemplateResolver, types: ReadonlyMap<string, ResourceType>) {
  const { stack } = resolver;
  const resources = new Map<string, ProvisionedResource>();
  const values = {
    ref: (logicalId: string) => resources.get(logicalId)?.ref,
    attribute: (logicalId: string, name: string) => {
      const attributes = resources.get(logicalId)?.attributes;
      return attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    },
  };
  const environment = environmentOf(stack);

  for (const logicalId of resolver.orderResources()) {
    const { Type: type } = resolver.definition(logicalId);
    if (type !== NOTHING) {
      const constructPath = stack.constructPaths.get(logicalId) ?? logicalId;
      const properties = resolver.properties(logicalId, values);
      const request = { logicalId, type, constructPath, stackName: stack.name, environment, properties, ...madeUpNames(stack.name, logicalId) };
      resources.set(logicalId, await create(types.get(type)!, request));
    }
  }

  const outputs = Object.entries(resolver.outputs(values));
  return {
    name: stack.name,
    id: String(resolver.resolve({ Ref: 'AWS::StackId' }, values)),
    constructPath: stack.constructPath,
    environment,
    resources: [...resources].map(([logicalId, { ref: physicalId }]) => ({ logicalId, physicalId, type: resolver.definition(logicalId).Type })),
    outputs: Object.fromEntries(outputs.map(([name, output]) => [name, output.value])),
    exports: new Map(outputs.flatMap(([, { exportName, value }]) => exportName === undefined ? [] : [[exportName, value]])),
  };
}

async function create(type: ResourceType, request: ResourceRequest): Promise<ProvisionedResource> {
  try {
    return await type.create(request);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProvisioningError(`Stack ${request.stackName}, resource ${request.logicalId} (${request.constructPath}), ${request.type}: ${reason}`, { cause: error });
  }
}

/** Names as CloudFormation makes them up, but the same on every run, so that URLs and ARNs stay valid across restarts. */
function madeUpNames(stackName: string, logicalId: string): Pick<ResourceRequest, 'generateName' | 'generateId'> {
  const digits = BigInt(`0x${createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex')}`).toString(36);
  return {
    generateId: length => digits.slice(0, length),
    generateName: maxLength => {
      const suffix = `-${digits.slice(0, 12).toUpperCase()}`;
      return `${stackName}-${logicalId}`.slice(0, maxLength - suffix.length) + suffix;
    },
  };
}
