/** What the runtime reads of one stack, in a cloud assembly or a file of its own, before anything is resolved. */

/** One resource as it stands in a template. */
export interface ResourceDefinition {
  readonly Type: string;
  readonly Properties?: unknown;
  readonly DependsOn?: unknown;
  readonly Condition?: unknown;
  readonly Metadata?: unknown;
  readonly DeletionPolicy?: unknown;
  readonly UpdateReplacePolicy?: unknown;
}

/** A CloudFormation template as parsed JSON: nothing in it has been checked beyond being an object. */
export interface Template {
  readonly Transform?: unknown;
  readonly Parameters?: unknown;
  readonly Mappings?: unknown;
  readonly Conditions?: unknown;
  readonly Resources?: unknown;
  readonly Outputs?: unknown;
}

/** One stack of a cloud assembly, or one template. */
export interface StackTemplate {
  /** The name CloudFormation knows the stack by. */
  readonly name: string;
  /** The id of the stack's artifact in its assembly, which dependencies name. */
  readonly id: string;
  /** The path of the stack's construct, such as `Production/Shop`, with which the paths of its resources begin. */
  readonly constructPath: string;
  readonly template: Template;
  /** The file the template was read from. */
  readonly templateFile: string;
  /** The line of that file where a path of the template stands; undefined where it is not told. */
  readonly lineOf?: (path: readonly string[]) => number | undefined;
  /** The directory of the assembly or of the file: what the template names lies here. */
  readonly directory: string;
  /** The account of the stack's environment; undefined when the app is agnostic of it. */
  readonly account?: string;
  /** The region of the stack's environment; undefined when the app is agnostic of it. */
  readonly region?: string;
  /** The parameter values that the app gives at deployment. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The ids of the stacks that have to exist before this one. */
  readonly dependencies: readonly string[];
  /** Logical id to construct path, such as `Shop/Orders/Resource`. */
  readonly constructPaths: ReadonlyMap<string, string>;
}
