import { AwsError } from '../../../kernel/aws-error';
import { Environment, Principal, ServiceContext } from '../../../kernel/contracts';
import { ownerOf } from '../../../kernel/owner';

const SERVICE_PRINCIPAL = 'apigateway.amazonaws.com';

/** API Gateway's settings for the account: the role with which all stages write their logs. */
export class GatewayAccount {
  /** Undefined as long as no template declares an account. */
  private declared?: { readonly roleArn: string | undefined; readonly environment: Environment };

  constructor(private readonly context: ServiceContext) {}

  /** Takes the template's role, which has to trust API Gateway. */
  declare(roleArn: string | undefined, environment: Environment): void {
    if (roleArn !== undefined) {
      try {
        this.assume(roleArn, environment);
      } catch {
        throw new AwsError('BadRequestException', 'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.');
      }
    }
    this.declared = { roleArn, environment };
  }

  forget(): void {
    this.declared = undefined;
  }

  /** Refuses that something is logged when the template leaves the account without a role. */
  requireRole(): void {
    if (this.declared && this.declared.roleArn === undefined) {
      throw new AwsError('BadRequestException', 'CloudWatch Logs role ARN must be set in account settings to enable logging');
    }
  }

  /** Who writes the logs. The role is set once for an account and mostly outside the template; then the account stands in for it. */
  principal(): Principal {
    if (this.declared) {
      this.requireRole();
      return this.assume(this.declared.roleArn!, this.declared.environment);
    }
    return ownerOf(this.context.environment);
  }

  private assume(roleArn: string, { partition, region, account }: Environment): Principal {
    return this.context.assumeRole(roleArn, SERVICE_PRINCIPAL, `arn:${partition}:apigateway:${region}:${account}:/account`);
  }
}
