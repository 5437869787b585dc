import { AwsError } from './aws-error';
import { DeclaredRole, NamedPolicy, Permission, PermissionDecision, Principal, RoleRegistry } from './contracts';
import { DeniedError } from './denied-error';
import { accessDeniedMessage, AuthorizationRequest, CompiledPolicy, compilePolicy, Decision, evaluate, evaluateTrust, MalformedPolicyDocumentError, PolicyDocument } from '../engines/iam-policy';

interface Role {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly trustPolicy: CompiledPolicy;
  readonly inline: readonly CompiledPolicy[];
  /** By name. */
  readonly attached: Map<string, CompiledPolicy>;
  policies: readonly CompiledPolicy[];
  readonly where: DeclaredRole['where'];
}

/** The roles of the template, and what IAM says of a call. */
export class Roles implements RoleRegistry {
  private readonly byArn = new Map<string, Role>();
  /** A service asks for the same role with every message. */
  private readonly assumed = new Map<string, Principal>();

  define(role: DeclaredRole): void {
    const inline = role.policies.map(compile);
    const attached = this.byArn.get(role.arn)?.attached ?? new Map<string, CompiledPolicy>();
    this.byArn.set(role.arn, {
      arn: role.arn,
      name: role.name,
      account: accountOf(role.arn),
      trustPolicy: compilePolicy(role.trustPolicy as PolicyDocument, { kind: 'trust' }),
      inline,
      attached,
      policies: [...inline, ...attached.values()],
      where: role.where,
    });
    this.assumed.clear();
  }

  delete(roleArn: string): void {
    this.byArn.delete(roleArn);
    this.assumed.clear();
  }

  attach(roleName: string, policy: NamedPolicy): void {
    const role = this.find(roleName);
    if (!role) {
      throw new AwsError('NoSuchEntity', `The role with name ${roleName} cannot be found.`, 404);
    }
    role.attached.set(policy.name, compile(policy));
    role.policies = [...role.inline, ...role.attached.values()];
  }

  detach(roleName: string, policyName: string): void {
    const role = this.find(roleName);
    if (role?.attached.delete(policyName)) {
      role.policies = [...role.inline, ...role.attached.values()];
    }
  }

  assume(roleArn: string, servicePrincipal: string, sourceArn: string, sessionName: string = servicePrincipal.split('.')[0]): Principal {
    const key = `${roleArn} ${servicePrincipal} ${sourceArn} ${sessionName}`;
    let principal = this.assumed.get(key);
    if (!principal) {
      principal = this.newSession(roleArn, servicePrincipal, sourceArn, sessionName);
      this.assumed.set(key, principal);
    }
    return principal;
  }

  /** Throws AccessDeniedException when no policy allows the permission, or one denies it; `note` is told of the decision. */
  authorize(principal: Principal, permission: Permission, note?: (decision: PermissionDecision) => void): void {
    if (principal.kind === 'account') {
      note?.({ action: permission.action, resource: permission.resource, allowed: true, reason: 'allowed' });
      return;
    }
    const caller = principal.kind === 'service' ? callingService(principal) : this.callingRole(principal);
    const request = new PermissionRequest(caller, permission);
    const decision = evaluate(request, { identity: caller.policies, resource: permission.resourcePolicy && [permission.resourcePolicy] });
    note?.(describe(permission, decision));
    if (!decision.allowed) {
      const statement = { Effect: 'Allow', Action: permission.action, Resource: permission.resource } as const;
      const denied = decision.reason === 'explicitDeny' ? { denied: true } : {};
      throw new DeniedError(accessDeniedMessage(request, decision), { statement, role: principal.roleArn, where: this.byArn.get(principal.roleArn ?? '')?.where, ...denied });
    }
  }

  private callingRole({ arn, roleArn }: Principal): Caller {
    const role = this.byArn.get(roleArn!);
    if (!role) {
      throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);
    }
    return { principal: { arn, account: role.account, roleArn: role.arn }, policies: role.policies };
  }

  private find(roleName: string): Role | undefined {
    return [...this.byArn.values()].find(each => each.name === roleName);
  }

  private newSession(roleArn: string, servicePrincipal: string, sourceArn: string, sessionName: string): Principal {
    const role = this.byArn.get(roleArn);
    const service = { arn: servicePrincipal, account: role?.account ?? '', service: servicePrincipal };
    const context = { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': accountOf(sourceArn) };
    if (!role || !evaluateTrust({ principal: service, role: roleArn, context }, role.trustPolicy).allowed) {
      throw new AwsError('AccessDeniedException', `${servicePrincipal} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`, 403);
    }
    const [, partition] = roleArn.split(':');
    return { kind: 'role', arn: `arn:${partition}:sts::${role.account}:assumed-role/${role.name}/${sessionName}`, roleArn, sourceArn };
  }
}

/** Who asks for a permission, with what IAM knows of it. */
interface Caller {
  readonly principal: AuthorizationRequest['principal'];
  readonly policies: readonly CompiledPolicy[];
  readonly context?: Permission['context'];
}

/** A caller's wish for a permission. Each call makes one: a getter of a class costs much less than one of a literal. */
class PermissionRequest implements AuthorizationRequest {
  readonly principal: AuthorizationRequest['principal'];
  readonly action: string;
  readonly resource: string;

  constructor(private readonly caller: Caller, private readonly permission: Permission) {
    this.principal = caller.principal;
    this.action = permission.action;
    this.resource = permission.resource;
  }

  /** Only conditions and policy variables ask for it. */
  get context(): Permission['context'] {
    const { caller, permission } = this;
    return caller.context ? { ...permission.context, ...caller.context } : permission.context;
  }
}

/** A service without a role: only the resource's own policy can let it in. */
function callingService({ arn: service, sourceArn }: Principal): Caller {
  const context = sourceArn === undefined ? undefined : { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': accountOf(sourceArn) };
  return { principal: { arn: service, account: '', service }, policies: [], context };
}

function describe({ action, resource }: Permission, { allowed, reason, policyType, statement }: Decision): PermissionDecision {
  return { action, resource, allowed, reason, policyType, policy: statement?.policy, statement: statement?.statement };
}

function compile(policy: NamedPolicy): CompiledPolicy {
  try {
    return compilePolicy(policy.document as PolicyDocument, { name: policy.name });
  } catch (error) {
    // IAM's own words say nothing of what is wrong where.
    throw error instanceof MalformedPolicyDocumentError ? new Error(`policy ${policy.name}: ${error.message} ${error.detail}`, { cause: error }) : error;
  }
}

function accountOf(arn: string): string {
  return arn.split(':')[4];
}
