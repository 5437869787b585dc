import { Service } from '../../../../local/kernel/contracts';
import { environmentOf } from '../../../../local/kernel/environment';
import { cloudformation } from '../../../../local/services/cloudformation';
import { sts } from '../../../../local/services/sts';
import { TestKernel } from '../../../support/test-kernel';

const STACK = {
  name: 'Shop',
  id: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Shop/1',
  constructPath: 'Shop',
  environment: environmentOf(),
  outputs: { Url: 'ws://127.0.0.1/x' },
  resources: [{ logicalId: 'Table', type: 'AWS::DynamoDB::Table', physicalId: 'Shop-Table' }, { logicalId: 'Bus', type: 'AWS::Events::EventBus', physicalId: 'orders' }],
};

function start() {
  const test = new TestKernel(cloudformation, sts, (): Service => ({ name: 'other', operations: {}, resourceTypes: {} }));
  test.kernel.announce([STACK]);
  return test;
}

test.each([{}, { StackName: 'Shop' }, { StackName: STACK.id }])('DescribeStacks %p', async input => {
  expect(await start().call('cloudformation', 'DescribeStacks', input)).toEqual({
    Stacks: [{
      StackName: 'Shop',
      StackId: STACK.id,
      CreationTime: '2026-01-02T03:04:05.000Z',
      StackStatus: 'CREATE_COMPLETE',
      DisableRollback: false,
      Outputs: [{ OutputKey: 'Url', OutputValue: 'ws://127.0.0.1/x' }],
    }],
  });
});

test('ListStackResources and DescribeStackResources', async () => {
  const test = start();
  const { StackResourceSummaries: summaries } = await test.call('cloudformation', 'ListStackResources', { StackName: 'Shop' });
  expect(summaries).toMatchObject([{ LogicalResourceId: 'Table', PhysicalResourceId: 'Shop-Table', ResourceType: 'AWS::DynamoDB::Table' }, { LogicalResourceId: 'Bus' }]);
  const { StackResources: resources } = await test.call('cloudformation', 'DescribeStackResources', { StackName: 'Shop', LogicalResourceId: 'Bus' });
  expect(resources).toMatchObject([{ StackName: 'Shop', PhysicalResourceId: 'orders' }]);
});

test('a stack that is not there', async () => {
  await expect(start().call('cloudformation', 'DescribeStacks', { StackName: 'Nope' })).rejects.toMatchObject({ code: 'ValidationError', message: 'Stack with id Nope does not exist' });
});

test('who calls', async () => {
  expect(await start().call('sts', 'GetCallerIdentity', {})).toEqual({ Account: '000000000000', UserId: '000000000000', Arn: 'arn:aws:iam::000000000000:root' });
});
