/** Roles and their policies, as the template declares them. */
export interface RoleRegistry {
  /** Makes a role, or changes it; what is attached to it stays. */
  define(role: DeclaredRole): void;
  delete(roleArn: string): void;
  /** Adds a policy to a role that exists, in place of one of the same name; throws when there is no such role. */
  attach(roleName: string, policy: NamedPolicy): void;
  detach(roleName: string, policyName: string): void;
}

export interface DeclaredRole {
  readonly arn: string;
  readonly name: string;
  readonly trustPolicy: unknown;
  readonly policies: NamedPolicy[];
  /** Where the template declares it. */
  readonly where?: { readonly constructPath: string; readonly logicalId: string };
}

export interface NamedPolicy {
  readonly name: string;
  readonly document: unknown;
}
