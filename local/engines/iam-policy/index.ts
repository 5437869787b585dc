/** IAM policies: compiled once, evaluated for every call. */
export { accessDeniedMessage } from './access-denied-message';
export { CompiledPolicy, compilePolicy } from './compiled-policy';
export { evaluate } from './evaluate';
export type { ApplicablePolicies, DecidingStatement, Decision, PolicyType } from './evaluate';
export { managedPolicyDocument, managedPolicyPath } from './managed-policies';
export { MalformedPolicyDocumentError } from './malformed-policy-document-error';
export type { PolicyDocument, PolicyKind } from './policy-document';
export type { Principal } from './principal';
export type { AuthorizationRequest, ContextValue } from './request-context';
export { evaluateTrust } from './trust';
export type { AssumeRoleRequest } from './trust';
