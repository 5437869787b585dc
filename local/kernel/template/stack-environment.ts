/** What a template is resolved against besides itself: the environment of its stack and the resources that exist so far. */

/** Where a stack is deployed, and what it can see of other stacks. */
export interface StackEnvironment {
  readonly account: string;
  readonly region: string;
  /** The partition; that of the region by default. */
  readonly partition?: string;
  /** The stack's ARN; by default one that is the same in every run. */
  readonly stackId?: string;
  readonly notificationArns?: readonly string[];
  /** Parameter values that override those of the assembly. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The value another stack of the run exports under a name. */
  importValue?(exportName: string): string | undefined;
  /** The value of a Systems Manager parameter, for the parameters of a template that name one. */
  systemsManagerParameter?(parameterName: string): string | undefined;
  /** The Availability Zones of a region; its `a`, `b` and `c` by default. */
  availabilityZones?(region: string): readonly string[];
}

/** The resources that exist so far. */
export interface ResourceValues {
  /** What `Ref` gives for a resource; undefined when it gives nothing. */
  ref(logicalId: string): unknown;
  /** What `Fn::GetAtt` gives for a resource; undefined when it has no such attribute. */
  attribute(logicalId: string, name: string): unknown;
}
