/** Whether a principal may assume a role. */
import { CompiledPolicy } from './compiled-policy';
import { Decision, evaluate } from './evaluate';
import { Principal } from './principal';
import { AuthorizationRequest } from './request-context';

/** A request to assume a role. */
export interface AssumeRoleRequest {
  readonly principal: Principal;
  /** The ARN of the role. */
  readonly role: string;
  /** The action of STS; `sts:AssumeRole` by default. */
  readonly action?: string;
  readonly context?: AuthorizationRequest['context'];
}

/**
 * Decides whether a principal may assume a role. A trust policy is the policy of a resource, without which nobody gets in: a service or a
 * principal that it names needs nothing else, a principal whose account it names needs the permission from its own policies too.
 */
export function evaluateTrust(request: AssumeRoleRequest, trustPolicy: CompiledPolicy, identity: readonly CompiledPolicy[] = []): Decision {
  const { principal, role, action = 'sts:AssumeRole', context } = request;
  return evaluate({ principal, action, resource: role, context }, { identity, resource: [trustPolicy], resourceHasToAllow: true });
}
