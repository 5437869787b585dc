/** The resources of templates, on their way into services. */
import { Environment } from './environment';

/** The files that a template names. */
export interface TemplateFiles {
  /** The file or directory that the CDK would upload to a bucket under this key; undefined when the assembly has no such asset. */
  asset(bucket: string, key: string): string | undefined;
  /** Where a path leads, as `aws cloudformation package` takes it: relative to the template. */
  path(name: string): string;
}

/** A resource of the template, resolved, on its way into a service. */
export interface ResourceRequest<Properties = any> {
  readonly logicalId: string;
  readonly type: string;
  /** Path of the construct, or the logical id where the template names none. */
  readonly constructPath: string;
  readonly stackName: string;
  readonly environment: Environment;
  readonly properties: Properties;
  /** None where the resource is of no template. */
  readonly files?: TemplateFiles;
  /** The name CloudFormation would make up: `<stack>-<logical id>-<suffix>`, the same on every run. */
  generateName(maxLength: number): string;
  /** An identifier of lower-case letters and digits, the same on every run. */
  generateId(length: number): string;
}

/** What `Ref` and `Fn::GetAtt` of a provisioned resource give. */
export interface ProvisionedResource {
  readonly ref: string;
  readonly attributes?: Record<string, unknown>;
}

/** A stack of the run, once all of it exists. */
export interface ProvisionedStack {
  readonly name: string;
  /** The stack's ARN. */
  readonly id: string;
  readonly constructPath: string;
  readonly environment: Environment;
  readonly outputs: Record<string, string>;
  readonly resources: ReadonlyArray<{ readonly logicalId: string; readonly type: string; readonly physicalId: string }>;
}

/** The properties of a resource type that the runtime knows: any other is refused, since to ignore it would run another template. */
export interface KnownProperties {
  /** What the runtime acts on. */
  readonly used: readonly string[];
  /** What it accepts though nothing follows from it here, because it changes no answer: tags, descriptions, encryption. */
  readonly withoutEffect?: readonly string[];
}

/** How a service makes a resource of one CloudFormation type. */
export interface ResourceType {
  readonly properties: KnownProperties;
  /** The properties that CloudFormation cannot change without replacing the resource. */
  readonly replacedBy?: readonly string[];
  /** It shows what exists when it is made: it comes after what CloudFormation makes at the same time. */
  readonly comesLast?: boolean;
  create(request: ResourceRequest): ProvisionedResource | Promise<ProvisionedResource>;
  /**
   * Changes the resource where it stands. Without it, or when a property of `replacedBy` has changed, the resource is deleted and made anew.
   */
  update?(request: ResourceRequest, previous: ResourceRequest, resource: ProvisionedResource): ProvisionedResource | Promise<ProvisionedResource>;
  /** Takes the resource away, with all that it holds. What it belongs to may be gone already. */
  delete(request: ResourceRequest, resource: ProvisionedResource): void | Promise<void>;
}
