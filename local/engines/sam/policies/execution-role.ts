import { expandPolicyTemplate, policyTemplateName } from './policy-template';
import { managedPolicyPath } from '../../iam-policy';
import { conditional, defined, isIntrinsic, isNoValue, isObject, JsonObject, tagList } from '../json';
import { Resource, ServerlessResource } from '../serverless-resource';

export interface ExecutionRole {
  /** The service that assumes the role, such as `states.amazonaws.com`. */
  readonly service: string;
  /** Managed policies besides those of `Policies`, by path and name. */
  readonly managedPolicies?: readonly string[];
  /** Inline policies besides those of `Policies`. */
  readonly inlinePolicies?: readonly JsonObject[];
  readonly trustPolicy?: JsonObject;
  readonly tags: readonly JsonObject[];
}

/** The ARN of an AWS managed policy. */
export function managedPolicyArn(path: string): JsonObject {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${path}` };
}

/** A trust policy that lets a service assume the role. */
export function trustPolicy(service: string): JsonObject {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: [service] } }] };
}

/** The role `<logical id>Role` that SAM makes of the property `Policies`. */
export function executionRole(resource: ServerlessResource, role: ExecutionRole): Resource {
  const { Policies: policies = [], RolePath: path, PermissionsBoundary: boundary } = resource.properties;
  const managed = (role.managedPolicies ?? []).map(managedPolicyArn);
  const inline = [...role.inlinePolicies ?? []];
  (Array.isArray(policies) ? policies : [policies]).forEach((policy: unknown, index) => {
    const entry = new PolicyEntry(resource, index, `${resource.logicalId}RolePolicy${index}`);
    const value = entry.convert(policy);
    const list = entry.kind === 'inline' ? inline : managed;
    if (!list.some(other => JSON.stringify(other) === JSON.stringify(value))) list.push(value as JsonObject);
  });
  return {
    Type: 'AWS::IAM::Role',
    ...resource.inheritedAttributes,
    Properties: defined({
      AssumeRolePolicyDocument: role.trustPolicy ?? trustPolicy(role.service),
      ManagedPolicyArns: managed,
      Policies: inline.length === 0 ? undefined : inline,
      Path: path,
      PermissionsBoundary: boundary,
      Tags: role.tags.length === 0 ? undefined : role.tags,
    }),
  };
}

/** One entry of `Policies`: a document, a policy template, or the name or ARN of a managed policy; or an `Fn::If` between two of one kind. */
class PolicyEntry {
  kind: 'inline' | 'managed' = 'managed';

  constructor(private readonly resource: ServerlessResource, private readonly index: number, private readonly policyName: string) {}

  convert(policy: unknown): unknown {
    if (isNoValue(policy)) return policy;
    const branches = conditional(policy);
    if (branches) return { 'Fn::If': [branches[0], this.convert(branches[1]), this.convert(branches[2])] };
    if (typeof policy === 'string') return this.managed(policy);
    if (isIntrinsic(policy)) return policy;
    if (isObject(policy) && 'Statement' in policy) return this.inline(policy);
    const template = policyTemplateName(policy);
    if (template === undefined) return this.fail(`Policy at index ${this.index} in the 'Policies' property is not valid`);
    try {
      return this.inline(expandPolicyTemplate(template, (policy as JsonObject)[template]));
    } catch (error) {
      return this.fail((error as Error).message);
    }
  }

  private inline(document: JsonObject): JsonObject {
    this.kind = 'inline';
    return { PolicyName: this.policyName, PolicyDocument: document };
  }

  private managed(nameOrArn: string): unknown {
    const path = managedPolicyPath(nameOrArn);
    if (path !== undefined) return managedPolicyArn(path);
    return nameOrArn.startsWith('arn:') ? nameOrArn : this.fail(`the local runtime does not know what the managed policy ${nameOrArn} allows; write a policy document in its place`);
  }

  private fail(problem: string): never {
    return this.resource.fail(problem, 'Properties', 'Policies', String(this.index));
  }
}

/** The tags of a resource that SAM marks as its own. */
export function markedTags(resource: ServerlessResource, key: string): JsonObject[] {
  return tagList({ [key]: 'SAM' }, resource.map('Tags'));
}
