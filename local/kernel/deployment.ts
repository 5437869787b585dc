import { ProvisionedStack, ResourceType } from './contracts';
import { DeployedStack, NOTHING, ResourceChange, StandingResource } from './deployed-stack';
import { environmentOf } from './environment';
import { Kernel } from './kernel';
import { ProvisioningError } from './provisioning-error';
import { STAND_IN, TYPES_WITHOUT_EFFECT } from './stand-in';
import { StackTemplate, TemplateResolver } from './template';
import { Tolerance } from './unsupported-resource';

/** The stacks of a run: made at its start, and changed when their templates change. */
export class Deployment {
  private readonly stacks = new Map<string, DeployedStack>();
  private readonly types: ReadonlyMap<string, ResourceType>;
  private deployed: readonly StackTemplate[] = [];

  /** Without tolerance, a resource that cannot be made stops the deployment. */
  constructor(private readonly kernel: Kernel, private readonly tolerate?: Tolerance) {
    this.types = new Map([
      ...TYPES_WITHOUT_EFFECT.map(type => [type, STAND_IN] as const),
      ...[...kernel.services].flatMap(service => Object.entries(service.resourceTypes)),
    ]);
  }

  /** All that stands. */
  get resources(): Array<Pick<StandingResource, 'request' | 'resource'>> {
    return [...this.stacks.values()].flatMap(stack => [...stack.resources]);
  }

  /**
   * Makes what the templates declare, each resource by the service that knows its type. What stands already is kept, changed or replaced, and what
   * is declared no longer is deleted, as CloudFormation would. When that fails, what stood before is made again, and the failure is thrown.
   */
  async deploy(templates: readonly StackTemplate[]): Promise<ResourceChange[]> {
    const changes: ResourceChange[] = [];
    try {
      await this.apply(templates, changes);
    } catch (error) {
      if (this.deployed.length > 0) {
        await this.apply(this.deployed, []);
        await this.tellServices();
      }
      throw error;
    }
    this.deployed = templates;
    await this.tellServices();
    return changes;
  }

  /** What was made again has to be started as well. */
  private async tellServices(): Promise<void> {
    for (const service of this.kernel.services) {
      await service.deployed?.();
    }
  }

  private async apply(templates: readonly StackTemplate[], changes: ResourceChange[]): Promise<void> {
    const exported = new Map<string, string>();
    const resolvers = templates.map(template => new TemplateResolver(template, { ...environmentOf(template), importValue: name => exported.get(name) }));
    if (!this.tolerate) {
      resolvers.forEach(resolver => this.refuseUnknownTypes(resolver));
    }

    const provisioned: ProvisionedStack[] = [];
    for (const resolver of resolvers) {
      const { name } = resolver.stack;
      const stack = this.stacks.get(name) ?? new DeployedStack(this.types, this.tolerate);
      this.stacks.set(name, stack);
      provisioned.push(await stack.deploy(resolver, exported, changes));
    }
    for (const [name, stack] of [...this.stacks].reverse()) {
      if (!templates.some(template => template.name === name)) {
        await stack.delete(changes);
        this.stacks.delete(name);
      }
    }
    this.kernel.announce(provisioned);
  }

  private refuseUnknownTypes(resolver: TemplateResolver): void {
    const { stack } = resolver;
    const unknown = resolver.orderResources().filter(logicalId => {
      const type = resolver.definition(logicalId).Type;
      return type !== NOTHING && !this.types.has(type);
    });
    if (unknown.length > 0) {
      const named = unknown.map(logicalId => `${resolver.definition(logicalId).Type} (${stack.constructPaths.get(logicalId) ?? logicalId})`);
      throw new ProvisioningError(`Stack ${stack.name} has resources that the local runtime does not emulate: ${named.join(', ')}. Leave them out of the app you run locally, or start with --allow-unsupported: whatever reaches one of them then fails by its name.`);
    }
  }
}
