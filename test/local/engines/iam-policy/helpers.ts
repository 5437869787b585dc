import { AuthorizationRequest, compilePolicy, Decision, evaluate, Principal } from '../../../../local/engines/iam-policy';

export const ACCOUNT = '123456789012';
export const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/Orders`;
export const USER: Principal = { arn: `arn:aws:iam::${ACCOUNT}:user/staff/ann`, account: ACCOUNT };
export const ROLE: Principal = { arn: `arn:aws:iam::${ACCOUNT}:role/Writer`, account: ACCOUNT };
export const SESSION: Principal = { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Writer/run-1`, account: ACCOUNT };
export const SERVICE: Principal = { arn: 'apigateway.amazonaws.com', account: ACCOUNT, service: 'apigateway.amazonaws.com' };

export type Statement = Readonly<Record<string, unknown>>;

/** A policy document of the given statements; each allows everything unless it says otherwise. */
export function policy(...statements: Statement[]): object {
  return { Version: '2012-10-17', Statement: statements.map(statement => ({ Effect: 'Allow', ...statement })) };
}

export function request(more: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return { principal: SESSION, action: 'dynamodb:PutItem', resource: TABLE, ...more };
}

/** Whether one statement of an identity's policy applies to a request. */
export function applies(statement: Statement, more: Partial<AuthorizationRequest> = {}, version = '2012-10-17'): boolean {
  const needed = { ...('NotAction' in statement ? {} : { Action: '*' }), ...('NotResource' in statement ? {} : { Resource: '*' }) };
  const compiled = compilePolicy({ Version: version, Statement: { Effect: 'Allow', ...needed, ...statement } });
  return evaluate(request(more), { identity: [compiled] }).allowed;
}

/** A decision in short. */
export function outcome(decision: Decision): string {
  return decision.policyType === undefined ? decision.reason : `${decision.reason} ${decision.policyType}`;
}
