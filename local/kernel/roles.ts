import { AwsError } from './aws-error';
import { NamedPolicy, Permission, Principal, RoleRegistry } from './contracts';

interface Role {
  readonly arn: string;
  readonly name: string;
  readonly trustPolicy: unknown;
  readonly policies: NamedPolicy[];
}

/** The roles of the template, and what IAM says of a call. */
export class Roles implements RoleRegistry {
  private readonly byArn = new Map<string, Role>();

  define(role: { arn: string; name: string; trustPolicy: unknown; policies: NamedPolicy[] }): void {
    this.byArn.set(role.arn, { ...role, policies: [...role.policies] });
  }

  attach(roleName: string, policy: NamedPolicy): void {
    const role = [...this.byArn.values()].find(each => each.name === roleName);
    if (!role) {
      throw new AwsError('NoSuchEntity', `The role with name ${roleName} cannot be found.`, 404);
    }
    role.policies.push(policy);
  }

  assume(roleArn: string, _servicePrincipal: string): Principal {
    return { kind: 'role', arn: roleArn };
  }

  authorize(_principal: Principal, _permission: Permission): void {}
}
