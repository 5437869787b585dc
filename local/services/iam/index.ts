import { managedPolicyDocument } from '../../engines/iam-policy';
import { NamedPolicy, ResourceRequest, ResourceType, Service, ServiceContext } from '../../kernel/contracts';

interface InlinePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: unknown;
}

interface RoleProperties {
  readonly RoleName?: string;
  readonly Path?: string;
  readonly AssumeRolePolicyDocument: unknown;
  readonly Policies?: InlinePolicy[];
  readonly ManagedPolicyArns?: string[];
}

interface PolicyProperties extends InlinePolicy {
  readonly Roles?: string[];
}

interface ManagedPolicyProperties {
  readonly ManagedPolicyName?: string;
  readonly Path?: string;
  readonly PolicyDocument: unknown;
  readonly Roles?: string[];
}

/** Roles and policies of the template. The kernel asks them at its door; there is no IAM API to call. */
export function iam(context: ServiceContext): Service {
  const managedPolicies = new Map<string, NamedPolicy>();

  const managedPolicy = (arn: string): NamedPolicy => {
    const document = managedPolicyDocument(arn);
    const policy = managedPolicies.get(arn) ?? (document && { name: arn, document });
    if (!policy) {
      throw new Error(`the managed policy ${arn} is not part of the template, and the local runtime does not know what it allows; give the role a policy of its own`);
    }
    return policy;
  };

  const createRole = (request: ResourceRequest<RoleProperties>) => {
    const { properties, environment, constructPath, logicalId } = request;
    const name = properties.RoleName ?? request.generateName(64);
    const arn = `arn:${environment.partition}:iam::${environment.account}:role${properties.Path ?? '/'}${name}`;
    const inline = (properties.Policies ?? []).map(policy => ({ name: policy.PolicyName, document: policy.PolicyDocument }));
    const managed = (properties.ManagedPolicyArns ?? []).map(managedPolicy);
    const policies = [...inline, ...managed];
    context.roles.define({ arn, name, trustPolicy: properties.AssumeRolePolicyDocument, policies, where: { constructPath, logicalId } });
    return { ref: name, attributes: { Arn: arn, RoleId: `AROA${request.generateId(17).toUpperCase()}` } };
  };

  const createPolicy = (request: ResourceRequest<PolicyProperties>) => {
    const { PolicyName: name, PolicyDocument: document, Roles: roles = [] } = request.properties;
    roles.forEach(role => context.roles.attach(role, { name, document }));
    return { ref: name };
  };

  const createManagedPolicy = (request: ResourceRequest<ManagedPolicyProperties>) => {
    const { properties, environment } = request;
    const name = properties.ManagedPolicyName ?? request.generateName(128);
    const arn = `arn:${environment.partition}:iam::${environment.account}:policy${properties.Path ?? '/'}${name}`;
    const policy = { name, document: properties.PolicyDocument };
    managedPolicies.set(arn, policy);
    (properties.Roles ?? []).forEach(role => context.roles.attach(role, policy));
    return { ref: arn, attributes: { PolicyArn: arn } };
  };

  const role: ResourceType = {
    properties: {
      used: ['RoleName', 'Path', 'AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns'],
      withoutEffect: ['Description', 'Tags', 'MaxSessionDuration'],
    },
    create: createRole,
    update: createRole,
    replacedBy: ['RoleName', 'Path'],
    delete: (_, { attributes }) => context.roles.delete(String(attributes!.Arn)),
  };

  const detach = ({ properties: { Roles: roles = [] } }: ResourceRequest<{ Roles?: string[] }>, name: string) =>
    roles.forEach(each => context.roles.detach(each, name));

  const policy: ResourceType = {
    properties: { used: ['PolicyName', 'PolicyDocument', 'Roles'] },
    create: createPolicy,
    delete: (request: ResourceRequest<PolicyProperties>) => detach(request, request.properties.PolicyName),
  };

  const managedPolicyType: ResourceType = {
    properties: { used: ['ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles'], withoutEffect: ['Description'] },
    create: createManagedPolicy,
    delete: (request, { ref: arn }) => {
      detach(request, managedPolicies.get(arn)!.name);
      managedPolicies.delete(arn);
    },
  };

  return {
    name: 'iam',
    operations: {},
    resourceTypes: { 'AWS::IAM::Role': role, 'AWS::IAM::Policy': policy, 'AWS::IAM::ManagedPolicy': managedPolicyType },
  };
}
