import { Service } from '../../../../local/kernel/contracts';
import { iam } from '../../../../local/services/iam';
import { TestKernel } from '../../../support/test-kernel';

const TRUST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
const allow = (...actions: string[]) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

const shelf = (): Service => ({
  name: 'shelf',
  resourceTypes: {},
  operations: Object.fromEntries(['Read', 'Write'].map(name => [name, { permissions: () => [{ action: `shelf:${name}`, resource: '*' }], handle: () => name }])),
});

async function start(role: object = {}) {
  const test = new TestKernel(iam, shelf);
  const created = await test.create('AWS::IAM::Role', { RoleName: 'Clerk', AssumeRolePolicyDocument: TRUST, ...role }, 'Role');
  const may = async (operation: string) => {
    const principal = test.kernel.assumeRole(String(created.attributes!.Arn), 'states.amazonaws.com', 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine');
    return test.call('shelf', operation, {}, principal).then(() => true, error => error.code === 'AccessDeniedException' ? false : Promise.reject(error));
  };
  return { test, created, may };
}

test('a role gives its name and ARN', async () => {
  expect((await start()).created).toMatchObject({ ref: 'Clerk', attributes: { Arn: 'arn:aws:iam::000000000000:role/Clerk' } });
  expect((await start({ RoleName: undefined, Path: '/desk/' })).created).toMatchObject({ ref: 'Stack-Role-ABCDEFGHIJKL', attributes: { Arn: 'arn:aws:iam::000000000000:role/desk/Stack-Role-ABCDEFGHIJKL' } });
});

test('a role may do nothing by itself', async () => {
  expect(await (await start()).may('Read')).toBe(false);
});

test('inline, attached and managed policies add up', async () => {
  const test = new TestKernel(iam, shelf);
  const managed = await test.create('AWS::IAM::ManagedPolicy', { PolicyDocument: allow('shelf:Read') }, 'Managed');
  expect(managed.ref).toBe('arn:aws:iam::000000000000:policy/Stack-Managed-ABCDEFGHIJKL');

  const inline = await start({ Policies: [{ PolicyName: 'Inline', PolicyDocument: allow('shelf:Read') }] });
  expect([await inline.may('Read'), await inline.may('Write')]).toEqual([true, false]);
  await inline.test.create('AWS::IAM::Policy', { PolicyName: 'More', PolicyDocument: allow('shelf:Write'), Roles: ['Clerk'] });
  expect(await inline.may('Write')).toBe(true);

  const attached = await start();
  await attached.test.create('AWS::IAM::ManagedPolicy', { PolicyDocument: allow('shelf:Read'), Roles: ['Clerk'] });
  expect(await attached.may('Read')).toBe(true);
});

test('a policy of AWS allows what it says', async () => {
  const administrator = await start({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] });
  expect(await administrator.may('Read')).toBe(true);
  const writer = await start({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] });
  expect(await writer.may('Read')).toBe(false);
});

test.each([
  ['a trust policy that is none', 'AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: 'x' } }, /policy|Syntax/],
  ['a policy that is none', 'AWS::IAM::Policy', { PolicyName: 'P', PolicyDocument: { Version: '2012-10-17', Statement: [] }, Roles: ['Clerk'] }, /policy P: /],
  ['a policy for nobody that exists', 'AWS::IAM::Policy', { PolicyName: 'P', PolicyDocument: allow('a:B'), Roles: ['Nobody'] }, /Nobody cannot be found/],
  ['a policy of AWS that is not known here', 'AWS::IAM::Role', { AssumeRolePolicyDocument: TRUST, ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }, /ReadOnlyAccess is not part of the template/],
  ['a permissions boundary', 'AWS::IAM::Role', { AssumeRolePolicyDocument: TRUST, PermissionsBoundary: 'arn:x' }, /PermissionsBoundary/],
])('%s is refused', async (_, type, properties, message) => {
  const { test } = await start();
  await expect(test.create(type, properties)).rejects.toThrow(message);
});
