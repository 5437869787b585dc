/** The principals that make requests, and the Principal elements that name them. */
import { MalformedPolicyDocumentError, syntaxError } from './malformed-policy-document-error';

/** Who makes a request. */
export interface Principal {
  /** The ARN: of a user, a role, a role session (`arn:aws:sts::…:assumed-role/Name/session`) or the account's root. */
  readonly arn: string;
  readonly account: string;
  /** The service principal, such as `apigateway.amazonaws.com`, when an AWS service acts on its own behalf. */
  readonly service?: string;
  /** The role behind a role session. Its path is not part of the session's ARN, so a role with a path has to be named. */
  readonly roleArn?: string;
}

/** What a principal is known by. */
export interface PrincipalDescription {
  readonly kind: 'service' | 'root' | 'user' | 'role' | 'other';
  /** The ARN of the role session; undefined for everything else. */
  readonly session?: string;
  /** The ARN of the user or role itself. */
  readonly identity?: string;
  readonly account?: string;
  readonly service?: string;
  /** Context keys that every request of the principal has, in lower case. */
  readonly contextKeys: ReadonlyMap<string, readonly string[]>;
}

/** Works out what a principal is known by. */
export function describePrincipal(principal: Principal): PrincipalDescription {
  const { arn, account, service } = principal;
  if (service !== undefined) {
    return { kind: 'service', service, contextKeys: contextKeys({ 'aws:principalisawsservice': 'true', 'aws:principalservicename': service }) };
  }
  const common = { 'aws:principalaccount': account, 'aws:principalisawsservice': 'false' };
  const [, partition, vendor, , , ...rest] = arn.split(':');
  const [type, ...names] = rest.join(':').split('/');
  if (vendor === 'iam' && type === 'root') {
    return { kind: 'root', account, contextKeys: contextKeys({ ...common, 'aws:principalarn': arn, 'aws:principaltype': 'Account' }) };
  }
  if (vendor === 'iam' && type === 'user') {
    const keys = { ...common, 'aws:principalarn': arn, 'aws:principaltype': 'User', 'aws:username': names[names.length - 1] ?? '' };
    return { kind: 'user', identity: arn, account, contextKeys: contextKeys(keys) };
  }
  if ((vendor === 'sts' && type === 'assumed-role') || (vendor === 'iam' && type === 'role')) {
    const session = vendor === 'sts' ? arn : undefined;
    const identity = principal.roleArn ?? (session === undefined ? arn : `arn:${partition}:iam::${account}:role/${names[0] ?? ''}`);
    return { kind: 'role', session, identity, account, contextKeys: contextKeys({ ...common, 'aws:principalarn': identity, 'aws:principaltype': 'AssumedRole' }) };
  }
  return { kind: 'other', session: arn, account, contextKeys: contextKeys({ ...common, 'aws:principalarn': arn }) };
}

function contextKeys(keys: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(keys).map(([key, value]) => [key, [value]]));
}

/**
 * How closely a statement names a principal. It matters for what else has to agree: naming the account only delegates to the account's own
 * policies, naming the session overrules them.
 */
export type PrincipalMatch = 'session' | 'identity' | 'everyone' | 'account' | 'service';

/** A compiled Principal element. */
export interface PrincipalMatcher {
  match(principal: PrincipalDescription): PrincipalMatch | undefined;
}

/** Compiles a Principal element: `"*"`, or lists of names under AWS, Service, Federated and CanonicalUser. */
export function compilePrincipal(element: unknown): PrincipalMatcher {
  const names = readPrincipalElement(element);
  const everyone = names.AWS.has('*');
  return {
    match(principal) {
      if (principal.service !== undefined && names.Service.has(principal.service)) return 'service';
      if (principal.session !== undefined && names.AWS.has(principal.session)) return 'session';
      if (principal.identity !== undefined && names.AWS.has(principal.identity)) return 'identity';
      if (everyone) return 'everyone';
      return principal.account !== undefined && names.AWS.has(principal.account) ? 'account' : undefined;
    },
  };
}

/** Compiles a NotPrincipal element: what it does not name, it matches. */
export function compileNotPrincipal(element: unknown, effect: 'Allow' | 'Deny'): PrincipalMatcher {
  const names = readPrincipalElement(element);
  const isNamed = (principal: PrincipalDescription): boolean[] => {
    if (names.AWS.has('*')) return [true];
    if (principal.service !== undefined) return [names.Service.has(principal.service)];
    const levels = [principal.session, principal.identity].filter(level => level !== undefined).map(level => names.AWS.has(level));
    return [...levels, principal.account !== undefined && names.AWS.has(principal.account)];
  };
  return {
    match(principal) {
      const levels = isNamed(principal);
      // To be spared by a Deny, a principal has to be named on every level: its session, its role and its account.
      const spared = effect === 'Deny' ? levels.every(Boolean) : levels.some(Boolean);
      return spared ? undefined : 'everyone';
    },
  };
}

type PrincipalNames = Readonly<Record<'AWS' | 'Service' | 'Federated' | 'CanonicalUser', ReadonlySet<string>>>;

function readPrincipalElement(element: unknown): PrincipalNames {
  const names = { AWS: new Set<string>(), Service: new Set<string>(), Federated: new Set<string>(), CanonicalUser: new Set<string>() };
  if (element === '*') {
    names.AWS.add('*');
    return names;
  }
  if (typeof element !== 'object' || element === null || Array.isArray(element)) throw syntaxError('Principal is neither "*" nor an object');
  for (const [type, value] of Object.entries(element)) {
    if (!isPrincipalType(type)) throw syntaxError(`unknown kind of principal "${type}"`);
    for (const name of Array.isArray(value) ? value as unknown[] : [value]) {
      if (typeof name !== 'string') throw syntaxError(`a principal under "${type}" is not a string`);
      names[type].add(type === 'AWS' ? readAwsPrincipal(name) : readOtherPrincipal(type, name));
    }
  }
  return names;
}

function isPrincipalType(type: string): type is keyof PrincipalNames {
  return type === 'AWS' || type === 'Service' || type === 'Federated' || type === 'CanonicalUser';
}

/** An account is named by its number or by the ARN of its root: both mean the same. */
function readAwsPrincipal(name: string): string {
  if (name === '*' || /^\d{12}$/.test(name) || /^[A-Z0-9]{16,128}$/.test(name)) return name;
  const root = /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(name);
  if (root !== null) return root[1];
  // Unlike a resource, the ARN of a principal has no wildcards.
  if (/^arn:[a-z-]+:(?:iam|sts)::\d{12}:(?:user|role|assumed-role|federated-user)\/[^*?]+$/.test(name)) return name;
  throw new MalformedPolicyDocumentError(`Invalid principal in policy: "AWS":"${name}"`);
}

function readOtherPrincipal(type: string, name: string): string {
  if (name === '' || name.includes('*')) throw new MalformedPolicyDocumentError(`Invalid principal in policy: "${type.toUpperCase()}":"${name}"`);
  return name;
}
