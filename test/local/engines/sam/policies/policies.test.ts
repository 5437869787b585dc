import { compilePolicy, managedPolicyDocument, managedPolicyPath } from '../../../../../local/engines/iam-policy';
import managedPolicies from '../../../../../local/engines/iam-policy/managed-policies.json';
import policyTemplates from '../../../../../local/engines/sam/policies/policy-templates.json';
import { refusal, transform } from '../helpers';

const withPolicies = (policies: unknown) => ({ Flow: { Type: 'AWS::Serverless::StateMachine', Properties: { Definition: {}, Policies: policies } } });
const roleOf = (policies: unknown) => transform(withPolicies(policies)).FlowRole.Properties;

test('a policy template is given its parameters', () => {
  expect(roleOf([{ StepFunctionsExecutionPolicy: { StateMachineName: { 'Fn::GetAtt': ['Other', 'Name'] } } }]).Policies).toEqual([{
    PolicyName: 'FlowRolePolicy0',
    PolicyDocument: {
      Statement: [{
        Effect: 'Allow',
        Action: ['states:StartExecution'],
        Resource: [{
          'Fn::Sub': ['arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${StateMachineName}', { StateMachineName: { 'Fn::GetAtt': ['Other', 'Name'] } }],
        }],
      }],
    },
  }]);
});

test('a policy that depends on a condition keeps it', () => {
  const none = { Ref: 'AWS::NoValue' };
  const { Policies: inline, ManagedPolicyArns: managed } = roleOf([{ 'Fn::If': ['C', { AMIDescribePolicy: {} }, none] }, { 'Fn::If': ['C', none, 'AWSLambdaRole'] }]);
  expect(inline).toEqual([{ 'Fn::If': ['C', { PolicyName: 'FlowRolePolicy0', PolicyDocument: { Statement: [expect.objectContaining({ Action: ['ec2:DescribeImages'] })] } }, none] }]);
  expect(managed).toEqual([{ 'Fn::If': ['C', none, { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaRole' }] }]);
});

test('ARNs and what refers to a policy go to the role as they are, each once', () => {
  expect(roleOf(['arn:aws:iam::1:policy/x', { Ref: 'P' }, 'arn:aws:iam::1:policy/x']).ManagedPolicyArns).toEqual(['arn:aws:iam::1:policy/x', { Ref: 'P' }]);
});

test.each<[unknown, string]>([
  ['NoSuchPolicy', 'the local runtime does not know what the managed policy NoSuchPolicy allows; write a policy document in its place'],
  [{ NoSuchTemplate: {} }, "Policy at index 0 in the 'Policies' property is not valid"],
  [{ constructor: {} }, "Policy at index 0 in the 'Policies' property is not valid"],
  [{ SQSPollerPolicy: {} }, "Following required parameters of policy template 'SQSPollerPolicy' don't have values: ['QueueName']"],
  [{ SQSPollerPolicy: 'x' }, "Must specify valid parameter values for policy template 'SQSPollerPolicy'"],
  [7, "Policy at index 0 in the 'Policies' property is not valid"],
])('%j is refused', (policy, message) => {
  expect(refusal(withPolicies([policy]))).toEqual({ message, logicalId: 'Flow', path: 'Properties.Policies.0' });
});

test.each(Object.entries(policyTemplates))('the policy template %s is a policy', (name, { parameters }) => {
  const [{ PolicyDocument: document }] = roleOf([{ [name]: Object.fromEntries(parameters.map(parameter => [parameter, parameter.endsWith('Arn') ? 'arn:aws:s:::x' : 'x'])) }]).Policies;
  // Every variable has its value, or is a pseudo parameter.
  const text = JSON.stringify(document, (_, value) => Array.isArray(value?.['Fn::Sub']) ? Object.entries(value['Fn::Sub'][1]).reduce((all, [key, member]) => all.replaceAll(`\${${key}}`, String(member)), value['Fn::Sub'][0]) : value?.['Fn::Sub'] ?? value);
  expect(text.replace(/\$\{AWS::\w+\}/g, '')).not.toContain('${');
  expect(() => compilePolicy({ Version: '2012-10-17', ...JSON.parse(text.replaceAll('${AWS::Partition}', 'aws').replaceAll('${AWS::Region}', 'us-east-1').replaceAll('${AWS::AccountId}', '1')) })).not.toThrow();
});

test.each(Object.keys(managedPolicies))('the managed policy %s is a policy', path => {
  expect(() => compilePolicy(managedPolicyDocument(`arn:aws-cn:iam::aws:policy/${path}`)!)).not.toThrow();
  expect(managedPolicyPath(path.replace('service-role/', ''))).toBe(path);
});

test('an ARN of an account is no managed policy of AWS', () => {
  expect(managedPolicyDocument('arn:aws:iam::123456789012:policy/AdministratorAccess')).toBeUndefined();
  expect(managedPolicyDocument('arn:aws:iam::aws:policy/constructor')).toBeUndefined();
});
