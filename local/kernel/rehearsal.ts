import { AwsError } from './aws-error';
import { Call, Permission, Principal } from './contracts';
import { Kernel } from './kernel';

/** A call that will fail when it is made, or of which that cannot be told. */
export interface RehearsalFinding {
  /** Who calls: the path of a construct, and what in it. */
  readonly by: string;
  /** `denied`: IAM refuses it; `notEmulated`: nothing here answers it; `unknown`: what it needs is decided when it is made. */
  readonly kind: 'denied' | 'notEmulated' | 'unknown';
  /** The service's name and the operation. */
  readonly call: string;
  readonly message: string;
  /** The policy statement that is missing. */
  readonly statement?: { readonly Effect: 'Allow'; readonly Action: string; readonly Resource: string };
  /** The role whose policy it is missing in; undefined when the resource's own policy has to allow the call. */
  readonly role?: string;
}

/** A kernel that can try every call of a template without making it: its door asks IAM, and answers with nothing. */
export class RehearsalKernel extends Kernel {
  private findings?: RehearsalFinding[];
  private by = '';


  /** Tries the calls that the services know of beforehand. */
  async rehearse(): Promise<RehearsalFinding[]> {
    const findings: RehearsalFinding[] = [];
    this.findings = findings;
    for (const service of this.services) {
      for await (const { by, call } of service.rehearsals?.() ?? []) {
        this.by = by;
        try {
          await call();
        } catch {
          // What stopped the call is noted, or it is the empty answer that nobody can work with.
        }
      }
    }
    this.findings = undefined;
    return findings.filter((finding, index) => findings.findIndex(each => JSON.stringify(each) === JSON.stringify(finding)) === index);
  }

  override assumeRole(roleArn: string, servicePrincipal: string, sourceArn: string): Principal {
    try {
      return super.assumeRole(roleArn, servicePrincipal, sourceArn);
    } catch (error) {
      this.note({ kind: 'denied', call: 'sts:AssumeRole', message: (error as Error).message });
      throw error;
    }
  }

  protected override async run(call: Call, requestId: string): Promise<unknown> {
    if (!this.findings) {
      return super.run(call, requestId);
    }
    const name = `${call.service}:${call.operation}`;
    let permissions: Permission[];
    try {
      permissions = this.operation(call).permissions(call.input);
    } catch (error) {
      const notEmulated = error instanceof AwsError && error.code === 'NotImplemented';
      this.note({ kind: notEmulated ? 'notEmulated' : 'unknown', call: name, message: (error as Error).message });
      throw error;
    }
    permissions.forEach(permission => this.tryPermission(call, name, permission));
    return {};
  }

  private tryPermission({ principal }: Call, call: string, permission: Permission): void {
    try {
      this.roles.authorize(principal, permission);
    } catch (error) {
      const statement = { Effect: 'Allow', Action: permission.action, Resource: permission.resource } as const;
      this.note({ kind: 'denied', call, message: (error as Error).message, statement, role: principal.roleArn });
    }
  }

  private note(finding: Omit<RehearsalFinding, 'by'>): void {
    this.findings?.push({ by: this.by, ...finding });
  }
}
