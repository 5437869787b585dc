/**
 * The documented evaluation of policies: an explicit deny anywhere decides; otherwise every kind of policy that bounds the request has to
 * allow it, and within one account either the identity or the resource may grant it.
 */
import { accountIn } from './arn';
import { CompiledPolicy, CompiledStatement } from './compiled-policy';
import { PrincipalMatch } from './principal';
import { AuthorizationRequest, RequestContext } from './request-context';

/** The policies that a request is held against. */
export interface ApplicablePolicies {
  /** The policies of the user or role. */
  readonly identity: readonly CompiledPolicy[];
  /** The policies of the resource. */
  readonly resource?: readonly CompiledPolicy[];
  /** The resource is one whose own policy has to agree to every access, as the trust policy of a role has to. */
  readonly resourceHasToAllow?: boolean;
  /** The permissions boundary of the user or role. */
  readonly boundary?: readonly CompiledPolicy[];
  /** The policies that were passed when the session was made. */
  readonly session?: readonly CompiledPolicy[];
}

/** The kinds of policies that a decision can come from. */
export type PolicyType = 'identity' | 'resource' | 'boundary' | 'session';

/** The statement that decided. */
export interface DecidingStatement {
  readonly policy?: string;
  readonly index: number;
  readonly sid?: string;
  readonly statement: Readonly<Record<string, unknown>>;
}

/** Whether a request is allowed, and why. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** The kind of policy that allowed or denied, or in which an Allow is missing; undefined for the account's root user. */
  readonly policyType?: PolicyType;
  /** The statement that allowed or denied; undefined when an Allow is missing. */
  readonly statement?: DecidingStatement;
}

interface Finding {
  readonly statement: DecidingStatement;
  readonly match: PrincipalMatch;
}

/** What the policies of one kind say of a request. */
interface Verdict {
  readonly deny?: Finding;
  /** The statement that grants most. */
  readonly allow?: Finding;
}

/** How far the match of a principal reaches, least first: the session's own ARN overrules what would bound its role. */
const REACH: readonly PrincipalMatch[] = ['account', 'everyone', 'identity', 'service', 'session'];

/** Decides whether a request is allowed. */
export function evaluate(request: AuthorizationRequest, policies: ApplicablePolicies): Decision {
  const context = new RequestContext(request);
  const identity = examine(policies.identity, context);
  const resource = examine(policies.resource ?? [], context);
  const boundary = policies.boundary === undefined ? undefined : examine(policies.boundary, context);
  const session = policies.session === undefined ? undefined : examine(policies.session, context);

  const denied = deniedBy('identity', identity) ?? deniedBy('resource', resource) ?? deniedBy('boundary', boundary) ?? deniedBy('session', session);
  if (denied !== undefined) return denied;
  if (request.principal.service !== undefined) return allowedBy('resource', resource.allow);

  const isRoot = request.principal.arn.endsWith(':root') && context.principal.kind === 'root';
  const bound = boundary !== undefined && boundary.allow === undefined ? 'boundary' : session !== undefined && session.allow === undefined ? 'session' : undefined;
  if (!isSameAccount(request)) {
    if (resource.allow === undefined) return implicitDeny('resource');
    if (isRoot) return allowedBy('resource', resource.allow);
    return bound === undefined ? allowedBy('identity', identity.allow) : implicitDeny(bound);
  }
  if (policies.resourceHasToAllow && resource.allow === undefined) return implicitDeny('resource');
  if (isRoot) return { allowed: true, reason: 'allowed' };
  if (resource.allow !== undefined && grants(resource.allow.match, context, bound !== undefined)) return allowedBy('resource', resource.allow);
  if (identity.allow === undefined) return implicitDeny('identity');
  return bound === undefined ? allowedBy('identity', identity.allow) : implicitDeny(bound);
}

/** Whether the Allow of a resource's policy is enough within the account. */
function grants(match: PrincipalMatch, context: RequestContext, isBound: boolean): boolean {
  // Naming the account hands the decision to the policies of its identities.
  if (match === 'account') return false;
  // What is granted to a role is bounded as the role is; what is granted to its session or to a user is not.
  return match === 'session' || context.principal.kind !== 'role' || !isBound;
}

function deniedBy(policyType: PolicyType, verdict: Verdict | undefined): Decision | undefined {
  return verdict?.deny && { allowed: false, reason: 'explicitDeny', policyType, statement: verdict.deny.statement };
}

function allowedBy(policyType: PolicyType, allow: Finding | undefined): Decision {
  return allow === undefined ? implicitDeny(policyType) : { allowed: true, reason: 'allowed', policyType, statement: allow.statement };
}

function implicitDeny(policyType: PolicyType): Decision {
  return { allowed: false, reason: 'implicitDeny', policyType };
}

function isSameAccount({ principal, resource, resourceAccount }: AuthorizationRequest): boolean {
  const account = resourceAccount ?? accountIn(resource);
  return account === undefined || account === '' || account === principal.account;
}

function examine(policies: readonly CompiledPolicy[], context: RequestContext): Verdict {
  let allow: { policy: CompiledPolicy; statement: CompiledStatement; match: PrincipalMatch } | undefined;
  for (const policy of policies) {
    for (const statement of policy.statementsFor(context)) {
      // One Allow is enough, except that another statement may name the principal more closely.
      if (statement.effect === 'Allow' && allow !== undefined && !statement.namesPrincipal) continue;
      const match = statement.applies(context);
      if (match === undefined) continue;
      if (statement.effect === 'Deny') return { deny: finding(policy, statement, match) };
      if (allow === undefined || REACH.indexOf(match) > REACH.indexOf(allow.match)) allow = { policy, statement, match };
    }
  }
  return allow === undefined ? {} : { allow: finding(allow.policy, allow.statement, allow.match) };
}

function finding(policy: CompiledPolicy, statement: CompiledStatement, match: PrincipalMatch): Finding {
  return { match, statement: { policy: policy.policyName, index: statement.index, sid: statement.sid, statement: statement.source } };
}
