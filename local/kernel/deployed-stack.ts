import { isDeepStrictEqual } from 'node:util';
import { ProvisionedResource, ProvisionedStack, ResourceRequest, ResourceType } from './contracts';
import { environmentOf } from './environment';
import { madeUpNames } from './made-up-names';
import { checkProperties } from './properties';
import { ProvisioningError } from './provisioning-error';
import { STAND_IN, standInAttribute } from './stand-in';
import { sourceOf, templateFiles, TemplateResolver } from './template';
import { Tolerance } from './unsupported-resource';

/** The CDK's own record of its version: it stands for nothing. */
export const NOTHING = 'AWS::CDK::Metadata';

/** What became of a resource. */
export interface ResourceChange {
  readonly stackName: string;
  readonly logicalId: string;
  readonly constructPath: string;
  readonly type: string;
  readonly change: 'created' | 'updated' | 'replaced' | 'deleted';
}

/** A resource that stands: what was asked for, and what it has become. */
export interface StandingResource {
  readonly type: ResourceType;
  readonly request: ResourceRequest;
  readonly resource: ProvisionedResource;
}

/** The resources of one stack, in the order in which they were made. */
export class DeployedStack {
  private readonly standing = new Map<string, StandingResource>();

  constructor(private readonly types: ReadonlyMap<string, ResourceType>, private readonly tolerate: Tolerance = () => false) {}

  /** Makes the resources what the template says, and gives the stack; its exports are added to those of the stacks before it. */
  async deploy(resolver: TemplateResolver, exported: Map<string, string>, changes: ResourceChange[]): Promise<ProvisionedStack> {
    const { stack } = resolver;
    const values = {
      ref: (logicalId: string) => this.standing.get(logicalId)?.resource.ref,
      attribute: (logicalId: string, name: string) => this.attribute(logicalId, name),
    };
    const environment = environmentOf(stack);
    const files = templateFiles(stack.directory, environment);
    const order = resolver.orderResources(type => this.types.get(type)?.comesLast === true);
    const logicalIds = order.filter(logicalId => resolver.definition(logicalId).Type !== NOTHING);
    const replaced = new Set<string>();

    for (const logicalId of logicalIds) {
      const { Type: type } = resolver.definition(logicalId);
      const constructPath = stack.constructPaths.get(logicalId) ?? logicalId;
      // What nothing reads need not be resolvable.
      const properties = [undefined, STAND_IN].includes(this.types.get(type)) ? {} : resolver.properties(logicalId, values);
      const request = { logicalId, type, constructPath, stackName: stack.name, environment, properties, files, ...madeUpNames(stack.name, logicalId) };
      const change = await this.make(request, resolver.propertiesThatReferTo(logicalId, replaced), sourceOf(stack, ['Resources', logicalId]));
      if (change === 'replaced') {
        replaced.add(logicalId);
      }
      if (change) {
        changes.push(describe(request, change));
      }
    }
    await this.deleteAllBut(new Set(logicalIds), changes);

    const outputs = Object.entries(resolver.outputs(values));
    outputs.forEach(([, { exportName, value }]) => exportName !== undefined && exported.set(exportName, value));
    return {
      name: stack.name,
      id: String(resolver.resolve({ Ref: 'AWS::StackId' }, values)),
      constructPath: stack.constructPath,
      environment,
      resources: logicalIds.map(logicalId => ({ logicalId, physicalId: values.ref(logicalId)!, type: resolver.definition(logicalId).Type })),
      outputs: Object.fromEntries(outputs.map(([name, output]) => [name, output.value])),
    };
  }

  get resources(): Iterable<Pick<StandingResource, 'request' | 'resource'>> {
    return this.standing.values();
  }

  /** Takes the whole stack away. */
  delete(changes: ResourceChange[]): Promise<void> {
    return this.deleteAllBut(new Set(), changes);
  }

  /** Creates, changes or replaces a resource; undefined when it is as it should be. `stale` are the properties whose values stand for something that was replaced. */
  private async make(request: ResourceRequest, stale: readonly string[], source?: string): Promise<ResourceChange['change'] | undefined> {
    const { logicalId } = request;
    const type = this.types.get(request.type);
    try {
      if (!type) {
        throw new Error('the local runtime does not emulate this type');
      }
      checkProperties(type, request);
      return await this.makeAs(type, request, stale);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.tolerate({ request, isUnknownType: type === undefined, reason })) {
        throw new ProvisioningError(`${source === undefined ? '' : `${source}: `}Stack ${request.stackName}, resource ${logicalId} (${request.constructPath}), ${request.type}: ${reason}`, { cause: error });
      }
      return this.makeAs(STAND_IN, request, stale);
    }
  }

  private async makeAs(type: ResourceType, request: ResourceRequest, stale: readonly string[]): Promise<ResourceChange['change'] | undefined> {
    const { logicalId } = request;
    const standing = this.standing.get(logicalId);
    if (!standing) {
      this.standing.set(logicalId, { type, request, resource: await type.create(request) });
      return 'created';
    }
    const changed = [...stale, ...changedProperties(standing.request, request)];
    if (changed.length === 0 && standing.type === type) {
      return undefined;
    }
    if (type.update && standing.type === type && !changed.some(name => type.replacedBy?.includes(name))) {
      this.standing.set(logicalId, { type, request, resource: await type.update(request, standing.request, standing.resource) });
      return 'updated';
    }
    await standing.type.delete(standing.request, standing.resource);
    this.standing.delete(logicalId);
    this.standing.set(logicalId, { type, request, resource: await type.create(request) });
    return 'replaced';
  }

  private attribute(logicalId: string, name: string): unknown {
    const standing = this.standing.get(logicalId);
    if (standing?.type === STAND_IN) {
      return standInAttribute(standing.request, standing.resource.ref, name);
    }
    const attributes = standing?.resource.attributes;
    return attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  }

  private async deleteAllBut(kept: ReadonlySet<string>, changes: ResourceChange[]): Promise<void> {
    for (const [logicalId, { type, request, resource }] of [...this.standing].reverse()) {
      if (!kept.has(logicalId)) {
        await type.delete(request, resource);
        this.standing.delete(logicalId);
        changes.push(describe(request, 'deleted'));
      }
    }
  }
}

function changedProperties({ properties: before }: ResourceRequest, { properties: after }: ResourceRequest): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(name => !isDeepStrictEqual(before[name], after[name]));
}

function describe({ stackName, logicalId, constructPath, type }: ResourceRequest, change: ResourceChange['change']): ResourceChange {
  return { stackName, logicalId, constructPath, type, change };
}
