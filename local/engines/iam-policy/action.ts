/** The Action and NotAction elements of a statement. Actions are compared without regard to case. */
import { MalformedPolicyDocumentError } from './malformed-policy-document-error';
import { compilePattern } from './pattern';
import { RequestContext } from './request-context';

/** Whether one of the actions of a statement matches the request's. */
export type ActionMatcher = (action: string, context: RequestContext) => boolean;

/** Compiles a list of actions. */
export function compileActions(actions: readonly string[]): ActionMatcher {
  const patterns = actions.map(action => compilePattern(action, { wildcards: true, variables: false, ignoreCase: true }));
  return (action, context) => patterns.some(pattern => pattern.matches(action, context));
}

/** Refuses what IAM refuses as an action. */
export function checkAction(action: string): void {
  if (action === '*') return;
  const [vendor, ...names] = action.split(':');
  if (names.length === 0) {
    throw new MalformedPolicyDocumentError('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.', `the action "${action}" names no service`);
  }
  if (names.length > 1) throw new MalformedPolicyDocumentError('Actions/Condition can contain only one colon.', `the action "${action}" has several colons`);
  if (vendor !== '*' && /[^a-zA-Z0-9\-.]/.test(vendor)) throw new MalformedPolicyDocumentError(`Vendor ${vendor} is not valid`);
}
