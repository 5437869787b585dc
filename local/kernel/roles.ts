import { AwsError } from './aws-error';
import { NamedPolicy, Permission, Principal, RoleRegistry } from './contracts';
import { accessDeniedMessage, CompiledPolicy, compilePolicy, evaluate, evaluateTrust, MalformedPolicyDocumentError, PolicyDocument } from '../engines/iam-policy';

interface Role {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly trustPolicy: CompiledPolicy;
  readonly policies: CompiledPolicy[];
}

/** The roles of the template, and what IAM says of a call. */
export class Roles implements RoleRegistry {
  private readonly byArn = new Map<string, Role>();
  /** A service asks for the same role with every message. */
  private readonly assumed = new Map<string, Principal>();

  define(role: { arn: string; name: string; trustPolicy: unknown; policies: NamedPolicy[] }): void {
    this.byArn.set(role.arn, {
      arn: role.arn,
      name: role.name,
      account: accountOf(role.arn),
      trustPolicy: compilePolicy(role.trustPolicy as PolicyDocument, { kind: 'trust' }),
      policies: role.policies.map(compile),
    });
  }

  attach(roleName: string, policy: NamedPolicy): void {
    const role = [...this.byArn.values()].find(each => each.name === roleName);
    if (!role) {
      throw new AwsError('NoSuchEntity', `The role with name ${roleName} cannot be found.`, 404);
    }
    role.policies.push(compile(policy));
  }

  assume(roleArn: string, servicePrincipal: string, sourceArn: string): Principal {
    const key = `${roleArn} ${servicePrincipal} ${sourceArn}`;
    let principal = this.assumed.get(key);
    if (!principal) {
      principal = this.newSession(roleArn, servicePrincipal, sourceArn);
      this.assumed.set(key, principal);
    }
    return principal;
  }

  /** Throws AccessDeniedException when the principal's policies do not allow the permission. */
  authorize(principal: Principal, permission: Permission): void {
    if (principal.kind === 'account') {
      return;
    }
    const role = this.byArn.get(principal.roleArn!)!;
    const request = {
      principal: { arn: principal.arn, account: role.account, roleArn: role.arn },
      action: permission.action,
      resource: permission.resource,
      context: permission.context,
    };
    const decision = evaluate(request, { identity: role.policies });
    if (!decision.allowed) {
      throw new AwsError('AccessDeniedException', accessDeniedMessage(request, decision));
    }
  }

  private newSession(roleArn: string, servicePrincipal: string, sourceArn: string): Principal {
    const role = this.byArn.get(roleArn);
    const service = { arn: servicePrincipal, account: role?.account ?? '', service: servicePrincipal };
    const context = { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': accountOf(sourceArn) };
    if (!role || !evaluateTrust({ principal: service, role: roleArn, context }, role.trustPolicy).allowed) {
      throw new AwsError('AccessDeniedException', `${servicePrincipal} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`, 403);
    }
    const [, partition] = roleArn.split(':');
    const [session] = servicePrincipal.split('.');
    return { kind: 'role', arn: `arn:${partition}:sts::${role.account}:assumed-role/${role.name}/${session}`, roleArn };
  }
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
