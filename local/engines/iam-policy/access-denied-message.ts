/** The text with which AWS services refuse a request. */
import { Decision, PolicyType } from './evaluate';
import { AuthorizationRequest } from './request-context';

const NAMES: Readonly<Record<PolicyType, { explicit: string; implicit: string }>> = {
  identity: { explicit: 'an identity-based policy', implicit: 'no identity-based policy' },
  resource: { explicit: 'a resource-based policy', implicit: 'no resource-based policy' },
  boundary: { explicit: 'a permissions boundary', implicit: 'no permissions boundary' },
  session: { explicit: 'a session policy', implicit: 'no session policy' },
};

/** The message of an access-denied error for a decision. */
export function accessDeniedMessage(request: AuthorizationRequest, decision: Decision): string {
  const { principal, action, resource } = request;
  const { explicit, implicit } = NAMES[decision.policyType ?? 'identity'];
  const reason = decision.reason === 'explicitDeny' ? `with an explicit deny in ${explicit}` : `because ${implicit} allows the ${action} action`;
  const target = resource === '*' ? '' : ` on resource: ${resource}`;
  return `User: ${principal.service ?? principal.arn} is not authorized to perform: ${action}${target} ${reason}`;
}
