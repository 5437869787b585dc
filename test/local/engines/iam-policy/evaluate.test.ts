import { ACCOUNT, outcome, policy, request, ROLE, SERVICE, SESSION, Statement, TABLE, USER } from './helpers';
import { accessDeniedMessage, AuthorizationRequest, CompiledPolicy, compilePolicy, evaluate, evaluateTrust, Principal } from '../../../../local/engines/iam-policy';

const ANY: Statement = { Action: '*', Resource: '*' };
const identity = (...statements: Statement[]): CompiledPolicy => compilePolicy(policy(...statements), { name: 'inline' });
const ofResource = (...statements: Statement[]): CompiledPolicy => compilePolicy(policy(...statements.map(statement => ({ ...ANY, ...statement }))), { kind: 'resource', name: 'policy of the table' });
const allow = identity(ANY);
const deny = identity({ ...ANY, Effect: 'Deny' });
const nothing = identity({ Action: 'sqs:*', Resource: '*' });
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/Writer`;

describe('policies of the identity', () => {
  test('nothing is allowed by itself', () => {
    expect(evaluate(request(), { identity: [] })).toEqual({ allowed: false, reason: 'implicitDeny', policyType: 'identity' });
  });

  test('the statement that allows is reported', () => {
    const compiled = identity({ Action: 'events:*', Resource: '*' }, { Sid: 'Write', Action: 'dynamodb:PutItem', Resource: TABLE });
    expect(evaluate(request(), { identity: [nothing, compiled] })).toEqual({
      allowed: true,
      reason: 'allowed',
      policyType: 'identity',
      statement: { policy: 'inline', index: 1, sid: 'Write', statement: { Effect: 'Allow', Sid: 'Write', Action: 'dynamodb:PutItem', Resource: TABLE } },
    });
  });

  test('a deny decides, wherever it stands', () => {
    expect(evaluate(request(), { identity: [allow, deny] })).toMatchObject({ allowed: false, reason: 'explicitDeny', policyType: 'identity', statement: { index: 0 } });
    expect(evaluate(request(), { identity: [identity({ ...ANY, Effect: 'Deny' }, ANY)] }).reason).toBe('explicitDeny');
    expect(evaluate(request(), { identity: [identity(ANY, ANY, { ...ANY, Effect: 'Deny' })] }).reason).toBe('explicitDeny');
  });

  test('a policy may be asked about different resources and actions again and again', () => {
    const compiled = identity({ Action: 'dynamodb:PutItem', Resource: TABLE });
    const ask = (more: Partial<AuthorizationRequest>): boolean => evaluate(request(more), { identity: [compiled] }).allowed;
    expect([ask({}), ask({ resource: `${TABLE}2` }), ask({ action: 'dynamodb:GetItem' }), ask({})]).toEqual([true, false, false, true]);
    // More actions than a policy remembers.
    for (let index = 0; index < 1000; index += 1) expect(ask({ action: `dynamodb:Action${index}` })).toBe(false);
    expect(ask({ action: 'DYNAMODB:PUTITEM' })).toBe(true);
  });
});

describe('boundaries and sessions', () => {
  test.each<[string, { boundary?: CompiledPolicy[]; session?: CompiledPolicy[] }, string]>([
    ['both allow', { boundary: [allow], session: [allow] }, 'allowed identity'],
    ['the boundary does not', { boundary: [nothing] }, 'implicitDeny boundary'],
    ['the boundary denies', { boundary: [deny] }, 'explicitDeny boundary'],
    ['the session does not', { session: [nothing] }, 'implicitDeny session'],
    ['the session has no policy that allows', { session: [] }, 'implicitDeny session'],
    ['the session denies', { boundary: [allow], session: [deny] }, 'explicitDeny session'],
  ])('%s', (_name, bounds, expected) => {
    expect(outcome(evaluate(request(), { identity: [allow], ...bounds }))).toBe(expected);
  });

  test('they grant nothing', () => {
    expect(outcome(evaluate(request(), { identity: [], boundary: [allow], session: [allow] }))).toBe('implicitDeny identity');
  });
});

describe('policies of the resource, in the same account', () => {
  const grants = (principal: Principal, element: unknown, bounded = false): string =>
    outcome(evaluate(request({ principal }), { identity: [], resource: [ofResource({ Principal: element })], ...(bounded ? { boundary: [nothing] } : {}) }));

  test.each<[string, Principal, unknown, boolean, string]>([
    ['the session', SESSION, { AWS: SESSION.arn }, false, 'allowed resource'],
    ['the session, whatever bounds its role', SESSION, { AWS: SESSION.arn }, true, 'allowed resource'],
    ['the role', SESSION, { AWS: ROLE_ARN }, false, 'allowed resource'],
    ['the role, within its bounds', SESSION, { AWS: ROLE_ARN }, true, 'implicitDeny identity'],
    ['the role by its own ARN', ROLE, { AWS: ROLE_ARN }, false, 'allowed resource'],
    ['the user', USER, { AWS: USER.arn }, true, 'allowed resource'],
    ['everybody', SESSION, '*', false, 'allowed resource'],
    ['everybody, within the bounds of a role', SESSION, '*', true, 'implicitDeny identity'],
    ['everybody, a user', USER, { AWS: '*' }, true, 'allowed resource'],
    ['the account only delegates', SESSION, { AWS: ACCOUNT }, false, 'implicitDeny identity'],
    ['the root only delegates', USER, { AWS: `arn:aws:iam::${ACCOUNT}:root` }, false, 'implicitDeny identity'],
    ['another session', SESSION, { AWS: `${SESSION.arn}2` }, false, 'implicitDeny identity'],
    ['a service', SESSION, { Service: SERVICE.service }, false, 'implicitDeny identity'],
  ])('%s', (_name, principal, element, bounded, expected) => {
    expect(grants(principal, element, bounded)).toBe(expected);
  });

  test('the closest naming counts, whichever statement comes first', () => {
    const resource = [ofResource({ Principal: { AWS: ACCOUNT } }, { Principal: '*' }, { Principal: { AWS: SESSION.arn } }, { Principal: { AWS: ROLE_ARN } })];
    expect(evaluate(request(), { identity: [], resource, boundary: [nothing] })).toMatchObject({ allowed: true, statement: { index: 2 } });
  });

  test('the account delegates to the policies of its identities', () => {
    expect(outcome(evaluate(request(), { identity: [allow], resource: [ofResource({ Principal: { AWS: ACCOUNT } })] }))).toBe('allowed identity');
  });

  test('a deny of the resource decides', () => {
    const denies = (element: object): string => outcome(evaluate(request(), { identity: [allow], resource: [ofResource({ Effect: 'Deny', ...element })] }));
    expect(denies({ Principal: '*' })).toBe('explicitDeny resource');
    expect(denies({ Principal: { AWS: ACCOUNT } })).toBe('explicitDeny resource');
    expect(denies({ Principal: { AWS: ROLE_ARN } })).toBe('explicitDeny resource');
    expect(denies({ Principal: { AWS: USER.arn } })).toBe('allowed identity');
    expect(denies({ Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalArn': ROLE_ARN } } })).toBe('allowed identity');
  });

  test('NotPrincipal: a deny spares those that are named on every level', () => {
    const spares = (names: string[]): string => outcome(evaluate(request(), { identity: [allow], resource: [ofResource({ Effect: 'Deny', NotPrincipal: { AWS: names } })] }));
    expect(spares([SESSION.arn, ROLE_ARN, ACCOUNT])).toBe('allowed identity');
    expect(spares([ROLE_ARN, ACCOUNT])).toBe('explicitDeny resource');
    expect(spares([SESSION.arn, ROLE_ARN])).toBe('explicitDeny resource');
    expect(spares(['*'])).toBe('allowed identity');
  });

  test('NotPrincipal: an allow leaves out those that are named on any level', () => {
    const grantsAllBut = (name: string): string => outcome(evaluate(request(), { identity: [], resource: [ofResource({ NotPrincipal: { AWS: name } })] }));
    expect(grantsAllBut(ROLE_ARN)).toBe('implicitDeny identity');
    expect(grantsAllBut(USER.arn)).toBe('allowed resource');
  });
});

describe('another account', () => {
  const elsewhere = request({ resource: 'arn:aws:events:eu-west-1:999999999999:event-bus/x', action: 'events:PutEvents' });

  test.each<[string, CompiledPolicy[], CompiledPolicy[], string]>([
    ['both allow', [allow], [ofResource({ Principal: { AWS: ACCOUNT } })], 'allowed identity'],
    ['only the identity', [allow], [], 'implicitDeny resource'],
    ['only the resource', [], [ofResource({ Principal: { AWS: SESSION.arn } })], 'implicitDeny identity'],
    ['the resource names somebody else', [allow], [ofResource({ Principal: { AWS: '555555555555' } })], 'implicitDeny resource'],
  ])('%s', (_name, identities, resource, expected) => {
    expect(outcome(evaluate(elsewhere, { identity: identities, resource }))).toBe(expected);
  });

  test('bounds bound', () => {
    expect(outcome(evaluate(elsewhere, { identity: [allow], resource: [ofResource({ Principal: '*' })], boundary: [nothing] }))).toBe('implicitDeny boundary');
  });

  test('the account of a resource without one in its ARN', () => {
    const bucket = request({ resource: 'arn:aws:s3:::bucket', action: 's3:GetObject' });
    expect(evaluate(bucket, { identity: [allow] }).allowed).toBe(true);
    expect(evaluate({ ...bucket, resourceAccount: '999999999999' }, { identity: [allow] }).allowed).toBe(false);
  });
});

describe('services', () => {
  test.each<[string, unknown, string]>([
    ['is named', { Service: ['events.amazonaws.com', 'apigateway.amazonaws.com'] }, 'allowed resource'],
    ['everybody', '*', 'allowed resource'],
    ['another is named', { Service: 'events.amazonaws.com' }, 'implicitDeny resource'],
    ['its account is named', { AWS: ACCOUNT }, 'implicitDeny resource'],
  ])('%s', (_name, element, expected) => {
    expect(outcome(evaluate(request({ principal: SERVICE }), { identity: [], resource: [ofResource({ Principal: element })] }))).toBe(expected);
  });

  test('only for the resource that asks', () => {
    const resource = [ofResource({ Principal: { Service: SERVICE.service }, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:execute-api:*:*:api/*' } } })];
    const ask = (source: string): boolean => evaluate(request({ principal: SERVICE, context: { 'aws:SourceArn': source } }), { identity: [], resource }).allowed;
    expect(ask('arn:aws:execute-api:eu-west-1:1:api/prod')).toBe(true);
    expect(ask('arn:aws:execute-api:eu-west-1:1:other/prod')).toBe(false);
  });
});

describe('the root user', () => {
  const root: Principal = { arn: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT };

  test('may do everything in its account that no resource denies', () => {
    expect(evaluate(request({ principal: root }), { identity: [] })).toEqual({ allowed: true, reason: 'allowed' });
    expect(outcome(evaluate(request({ principal: root }), { identity: [], resource: [ofResource({ Effect: 'Deny', Principal: '*' })] }))).toBe('explicitDeny resource');
  });

  test('and nothing elsewhere', () => {
    expect(evaluate(request({ principal: root, resourceAccount: '999999999999' }), { identity: [] }).allowed).toBe(false);
  });
});

describe('trust', () => {
  const trust = (...statements: Statement[]): CompiledPolicy => compilePolicy(policy(...statements.map(statement => ({ Action: 'sts:AssumeRole', ...statement }))), { kind: 'trust' });
  const mayAssume = (principal: Principal, policyOfRole: CompiledPolicy, identities: CompiledPolicy[] = []): boolean =>
    evaluateTrust({ principal, role: ROLE_ARN }, policyOfRole, identities).allowed;

  test('a service that is named', () => {
    const policyOfRole = trust({ Principal: { Service: 'apigateway.amazonaws.com' } });
    expect(mayAssume(SERVICE, policyOfRole)).toBe(true);
    expect(mayAssume({ ...SERVICE, service: 'states.amazonaws.com' }, policyOfRole)).toBe(false);
    expect(mayAssume(USER, policyOfRole, [allow])).toBe(false);
  });

  test('an account that is named: its identities need the permission too', () => {
    const policyOfRole = trust({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } });
    expect(mayAssume(USER, policyOfRole)).toBe(false);
    expect(mayAssume(USER, policyOfRole, [identity({ Action: 'sts:AssumeRole', Resource: ROLE_ARN })])).toBe(true);
    expect(mayAssume(USER, policyOfRole, [identity({ Action: 'sts:AssumeRole', Resource: `${ROLE_ARN}2` })])).toBe(false);
  });

  test('a user that is named needs nothing else', () => {
    expect(mayAssume(USER, trust({ Principal: { AWS: USER.arn } }))).toBe(true);
  });

  test('a user of another account always needs both', () => {
    const stranger: Principal = { arn: 'arn:aws:iam::999999999999:user/eve', account: '999999999999' };
    expect(mayAssume(stranger, trust({ Principal: { AWS: stranger.arn } }))).toBe(false);
    expect(mayAssume(stranger, trust({ Principal: { AWS: stranger.arn } }), [allow])).toBe(true);
  });

  test('conditions, such as the external id and the source account', () => {
    const policyOfRole = trust({ Principal: { Service: SERVICE.service }, Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } });
    expect(evaluateTrust({ principal: SERVICE, role: ROLE_ARN }, policyOfRole).allowed).toBe(false);
    expect(evaluateTrust({ principal: SERVICE, role: ROLE_ARN, context: { 'aws:SourceAccount': ACCOUNT } }, policyOfRole).allowed).toBe(true);
  });

  test('the action that is asked for', () => {
    const policyOfRole = trust({ Principal: { Service: SERVICE.service } });
    expect(evaluateTrust({ principal: SERVICE, role: ROLE_ARN, action: 'sts:TagSession' }, policyOfRole).allowed).toBe(false);
  });
});

describe('messages', () => {
  test.each<[Parameters<typeof evaluate>[1], string]>([
    [{ identity: [] }, 'because no identity-based policy allows the dynamodb:PutItem action'],
    [{ identity: [deny] }, 'with an explicit deny in an identity-based policy'],
    [{ identity: [allow], boundary: [nothing] }, 'because no permissions boundary allows the dynamodb:PutItem action'],
    [{ identity: [allow], session: [deny] }, 'with an explicit deny in a session policy'],
    [{ identity: [allow], resource: [ofResource({ Effect: 'Deny', Principal: '*' })] }, 'with an explicit deny in a resource-based policy'],
  ])('%#', (policies, expected) => {
    expect(accessDeniedMessage(request(), evaluate(request(), policies)))
      .toBe(`User: ${SESSION.arn} is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} ${expected}`);
  });

  test('an action without a resource', () => {
    const asked = request({ action: 'events:TestEventPattern', resource: '*' });
    expect(accessDeniedMessage(asked, evaluate(asked, { identity: [] })))
      .toBe(`User: ${SESSION.arn} is not authorized to perform: events:TestEventPattern because no identity-based policy allows the events:TestEventPattern action`);
  });
});
