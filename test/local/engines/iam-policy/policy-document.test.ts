import { policy, Statement, TABLE } from './helpers';
import { compilePolicy, MalformedPolicyDocumentError, PolicyKind } from '../../../../local/engines/iam-policy';

function refusal(document: unknown, kind: PolicyKind = 'identity'): MalformedPolicyDocumentError | undefined {
  try {
    compilePolicy(document as object, { kind });
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedPolicyDocumentError);
    expect((error as MalformedPolicyDocumentError).code).toBe('MalformedPolicyDocument');
    return error as MalformedPolicyDocumentError;
  }
}

const complete = (more: Statement = {}): Statement => ({ Action: 'dynamodb:PutItem', Resource: TABLE, ...more });

describe('accepted', () => {
  test.each<[string, unknown]>([
    ['one statement without a list', { Version: '2012-10-17', Statement: { Effect: 'Allow', ...complete() } }],
    ['the first version', { Version: '2008-10-17', Id: 'x', Statement: [{ Effect: 'Deny', ...complete() }] }],
    ['no version', { Statement: [{ Effect: 'Deny', ...complete() }] }],
    ['empty Sids', policy(complete({ Sid: '' }), complete({ Sid: '' }))],
    ['NotAction and NotResource', policy({ NotAction: 'iam:*', NotResource: '*' })],
    ['an action that does not exist', policy(complete({ Action: 'no-such.service: what ever' }))],
    ['ARNs that end early', policy(complete({ Resource: ['arn:aws:sqs', 'arn:aws:sqs:eu-west-1', 'arn:aws-cn:sqs:*:*:q'] }))],
    ['an access point', policy(complete({ Resource: 'arn:aws:s3:eu-west-1:123456789012:accesspoint/x' }))],
    ['an operator without keys', policy(complete({ Condition: { Anything: {}, DateGreaterThan: {} } }))],
    ['no values', policy(complete({ Condition: { DateGreaterThan: { k: [] } } }))],
    ['booleans and numbers as values', policy(complete({ Condition: { Bool: { k: true }, NumericLessThan: { n: [1, '2'] } } }))],
    ['dates of every kind', policy(complete({ Condition: { DateLessThan: { k: ['2024', '2024-05', '2024-05-01T10Z', '2016-12-13t2:00:00.593194+23', '-100-01', '1714521600'] } } }))],
    ['a set operator that may be missing', policy(complete({ Condition: { 'ForAnyValue:StringEqualsIfExists': { k: 'x' } } }))],
  ])('%s', (_name, document) => {
    expect(refusal(document)).toBeUndefined();
  });
});

const SYNTAX = 'Syntax errors in policy.';
const LEGACY = 'The policy failed legacy parsing';

describe('refused, with the text of IAM', () => {
  test.each<[string, unknown, string]>([
    ['text', '{}', SYNTAX],
    ['null', null, SYNTAX],
    ['a list', [], SYNTAX],
    ['nothing in it', {}, SYNTAX],
    ['no statement', { Version: '2012-10-17', Statement: [] }, SYNTAX],
    ['a statement of text', { Statement: ['x'] }, SYNTAX],
    ['another version', { Version: '2013-10-17', Statement: complete() }, SYNTAX],
    ['an Id that is no text', { Id: {}, Statement: complete() }, SYNTAX],
    ['an unknown element', { ...policy(complete()), Extra: 1 }, SYNTAX],
    ['__proto__', JSON.parse('{"__proto__":{},"Statement":[]}'), SYNTAX],
    ['an unknown element in a statement', policy(complete({ Resources: '*' })), SYNTAX],
    ['no effect', policy(complete({ Effect: undefined })), SYNTAX],
    ['another effect', policy(complete({ Effect: 'Maybe' })), SYNTAX],
    ['Action and NotAction', policy(complete({ NotAction: [] })), SYNTAX],
    ['Resource and NotResource', policy(complete({ NotResource: [] })), SYNTAX],
    ['an action of the wrong type', policy(complete({ Action: { a: 'b' } })), SYNTAX],
    ['a resource of the wrong type', policy(complete({ Resource: ['*', 1] })), SYNTAX],
    ['a Sid of the wrong type', policy(complete({ Sid: 1 })), SYNTAX],
    ['a condition of text', policy(complete({ Condition: 'x' })), SYNTAX],
    ['a list of conditions', policy(complete({ Condition: [{ StringEquals: { a: 'b' } }] })), SYNTAX],
    ['a condition without keys', policy(complete({ Condition: { StringEquals: 'b' } })), SYNTAX],
    ['a value of the wrong type', policy(complete({ Condition: { StringEquals: { a: {} } } })), SYNTAX],
    ['an unknown operator', policy(complete({ Condition: { StringMatches: { a: 'b' } } })), SYNTAX],
    ['an unknown set operator', policy(complete({ Condition: { 'ForSomeValue:StringEquals': { a: 'b' } } })), SYNTAX],
    ['two colons in an operator', policy(complete({ Condition: { 'ForAnyValue::StringEquals': { a: 'b' } } })), SYNTAX],
    ['Null that may be missing', policy(complete({ Condition: { NullIfExists: { a: 'true' } } })), SYNTAX],
    ['an effect in the wrong case', policy(complete({ Effect: 'allow' })), LEGACY],
    ['no date', policy(complete({ Condition: { DateGreaterThan: { a: 'soon' } } })), LEGACY],
    ['half a date', policy(complete({ Condition: { 'ForAnyValue:DateLessThanIfExists': { a: '234-13' } } })), LEGACY],
    ['a date beyond time', policy(complete({ Condition: { DateLessThan: { a: '9223372036854775808' } } })), LEGACY],
    ['an ARN with a segment missing', policy(complete({ Resource: 'arn:aws:s3::bucket' })), LEGACY],
    ['an ARN without a service', policy(complete({ NotResource: 'arn:aws::::bucket', Resource: undefined })), LEGACY],
    ['legacy parsing comes before what is missing', policy({ Resource: 'arn:aws:s3::bucket' }), LEGACY],
    ['no action', policy({ Resource: '*' }), 'Policy statement must contain actions.'],
    ['no actions', policy(complete({ Action: [] })), 'Policy statement must contain actions.'],
    ['no resource', policy({ Action: 's3:*' }), 'Policy statement must contain resources.'],
    ['no resources', policy(complete({ Resource: [] })), 'Policy statement must contain resources.'],
    ['the same Sid twice', policy(complete({ Sid: 'a' }), { Sid: 'a' }), 'Statement IDs (SID) in a single policy must be unique.'],
    ['a Sid with a space', policy(complete({ Sid: 'a b' })), 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'],
    ['an action without a service', policy(complete({ Action: 'PutItem' })), 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
    ['an empty action', policy({ NotAction: '', Resource: '*' }), 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
    ['an action with two colons', policy(complete({ Action: 's3:Get:Object' })), 'Actions/Condition can contain only one colon.'],
    ['a service with a wildcard', policy(complete({ Action: 'dyn*:PutItem' })), 'Vendor dyn* is not valid'],
    ['a resource that is no ARN', policy(complete({ Resource: 'Orders' })), 'Resource Orders must be in ARN format or "*".'],
    ['an empty resource', policy(complete({ Resource: '' })), 'Resource  must be in ARN format or "*".'],
    ['another partition', policy(complete({ Resource: 'a:b:c' })), 'Partition "b" is not valid for resource "arn:b:c:*:*:*".'],
    ['no service', policy(complete({ Resource: 'arn:aws' })), 'Resource vendor must be fully qualified and cannot contain regexes.'],
    ['any service', policy(complete({ Resource: 'arn:aws:*:*:*:*' })), 'Resource vendor must be fully qualified and cannot contain regexes.'],
    ['a bucket in a region', policy(complete({ Resource: 'arn:aws:s3:eu-west-1::b' })), 'Resource arn:aws:s3:eu-west-1::b can not contain region information.'],
    ['a user in a region', policy(complete({ Resource: 'arn:aws:iam:eu-west-1:1:user/a' })), 'IAM resource arn:aws:iam:eu-west-1:1:user/a cannot contain region information.'],
    ['something unknown to IAM', policy(complete({ Resource: 'arn:aws:iam::1:thing/a' })), expect.stringMatching(/^IAM resource path must either be "\*" or start with user\/, .*report\/\.$/) as unknown as string],
    ['a principal', policy(complete({ Principal: '*' })), 'Policy document should not specify a principal.'],
  ])('%s', (_name, document, message) => {
    expect(refusal(document)?.message).toEqual(message);
  });

  test('the detail says which statement and what', () => {
    expect(refusal(policy(complete(), complete({ Resources: '*' })))?.detail).toBe('statement 1 has an unknown element "Resources"');
  });
});

describe('policies of resources', () => {
  const open = (more: Statement): object => policy({ Action: 'events:PutEvents', Resource: '*', ...more });

  test.each<[string, Statement]>([
    ['everybody', { Principal: '*' }],
    ['everybody with an account', { Principal: { AWS: '*' } }],
    ['all forms', { Principal: { AWS: ['123456789012', 'arn:aws:iam::123456789012:root', 'arn:aws:iam::123456789012:role/a/b', 'AROAEXAMPLEEXAMPLEEXA'], Service: 'events.amazonaws.com', Federated: 'cognito-identity.amazonaws.com' } }],
    ['a Sid with spaces', { Principal: '*', Sid: 'may do this' }],
    ['no resource', { Principal: '*', Resource: undefined }],
    ['a short resource', { Principal: '*', Resource: 'execute-api:/*' }],
  ])('accepted: %s', (_name, statement) => {
    expect(refusal(open(statement), 'resource')).toBeUndefined();
  });

  test.each<[string, Statement, string]>([
    ['no principal', {}, 'Missing required field Principal'],
    ['two kinds of principal', { Principal: '*', NotPrincipal: '*' }, SYNTAX],
    ['a principal of text', { Principal: '123456789012' }, SYNTAX],
    ['an unknown kind of principal', { Principal: { User: 'a' } }, SYNTAX],
    ['a principal of the wrong type', { Principal: { AWS: [1] } }, SYNTAX],
    ['a wildcard in an ARN', { Principal: { AWS: 'arn:aws:iam::*:root' } }, 'Invalid principal in policy: "AWS":"arn:aws:iam::*:root"'],
    ['a wildcard in a role', { Principal: { AWS: 'arn:aws:iam::123456789012:role/a*' } }, 'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/a*"'],
    ['any service', { Principal: { Service: '*' } }, 'Invalid principal in policy: "SERVICE":"*"'],
  ])('refused: %s', (_name, statement, message) => {
    expect(refusal(open(statement), 'resource')?.message).toBe(message);
  });
});

describe('trust policies', () => {
  const trust = (more: Statement = {}): object => policy({ Action: 'sts:AssumeRole', Principal: { Service: 'states.amazonaws.com' }, ...more });

  test('accepted', () => {
    expect(refusal(trust(), 'trust')).toBeUndefined();
    expect(refusal(trust({ Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:AssumeRoleWithWebIdentity'] }), 'trust')).toBeUndefined();
  });

  test.each<[string, Statement, string]>([
    ['a resource', { Resource: '*' }, 'Has prohibited field Resource'],
    ['another action', { Action: 'dynamodb:PutItem' }, 'AssumeRole policy may only specify STS AssumeRole actions.'],
    ['any action', { Action: '*' }, 'AssumeRole policy may only specify STS AssumeRole actions.'],
    ['NotPrincipal', { Principal: undefined, NotPrincipal: { AWS: '123456789012' } }, 'AssumeRole policy must not contain NotPrincipal field.'],
    ['no principal', { Principal: undefined }, 'Missing required field Principal'],
  ])('refused: %s', (_name, statement, message) => {
    expect(refusal(trust(statement), 'trust')?.message).toBe(message);
  });
});
