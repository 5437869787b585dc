import { ResourceRequest, Service } from '../../../local/kernel/contracts';
import { Kernel } from '../../../local/kernel/kernel';
import { checkProperties } from '../../../local/kernel/properties';
import { provision } from '../../../local/kernel/provision';
import { systemRandomness } from '../../../local/kernel/randomness';
import { StackTemplate } from '../../../local/kernel/template';
import { Trace } from '../../../local/kernel/trace';
import { FakeClock } from '../../support/fake-clock';

function stack(resources: object, more: Partial<StackTemplate> & { outputs?: object } = {}): StackTemplate {
  return {
    name: 'Shop',
    id: 'Shop',
    constructPath: 'Shop',
    template: { Resources: resources, Outputs: more.outputs },
    templateFile: 'Shop.template.json',
    directory: '/',
    parameters: {},
    dependencies: [],
    constructPaths: new Map([['Box', 'Shop/Box/Resource']]),
    ...more,
  } as StackTemplate;
}

async function run(...stacks: StackTemplate[]) {
  const created: ResourceRequest[] = [];
  const service: Service = {
    name: 'boxes',
    operations: {},
    resourceTypes: {
      'Test::Box': {
        create: request => {
          checkProperties(request, { used: ['Name', 'In'], withoutEffect: ['Tags'] });
          created.push(request);
          return { ref: request.properties.Name ?? request.generateName(20), attributes: { Arn: `arn:box/${request.environment.region}`, Id: request.generateId(10) } };
        },
      },
    },
  };
  const kernel = new Kernel({ services: [() => service], clock: new FakeClock(), randomness: systemRandomness, trace: new Trace(), endpoint: () => '' });
  return { created, provisioned: await provision(kernel, stacks) };
}

test('makes each resource after those it refers to, and gives the outputs', async () => {
  const { created, provisioned } = await run(stack(
    { Outer: { Type: 'Test::Box', Properties: { In: { 'Fn::GetAtt': ['Box', 'Arn'] } } }, Box: { Type: 'Test::Box', Properties: { Name: 'inner' } } },
    { outputs: { Inner: { Value: { Ref: 'Box' } } } },
  ));
  expect(created.map(request => request.properties)).toEqual([{ Name: 'inner' }, { In: 'arn:box/us-east-1' }]);
  expect(provisioned).toMatchObject([{ name: 'Shop', outputs: { Inner: 'inner' }, environment: { partition: 'aws', urlSuffix: 'amazonaws.com' } }]);
});

test('makes up the names that CloudFormation would, the same on every run and within their length', async () => {
  const twice = [await run(stack({ Box: { Type: 'Test::Box' } }, { outputs: { Name: { Value: { Ref: 'Box' } } } })), await run(stack({ Box: { Type: 'Test::Box' } }, { outputs: { Name: { Value: { Ref: 'Box' } } } }))];
  const [first, second] = twice.map(({ provisioned }) => provisioned[0].outputs.Name);
  expect(first).toMatch(/^Shop-Bo[A-Za-z]*-[A-Z0-9]{12}$/);
  expect(first.length).toBeLessThanOrEqual(20);
  expect(second).toBe(first);
});

test('a stack imports what an earlier one exports', async () => {
  const exporting = stack({ Box: { Type: 'Test::Box', Properties: { Name: 'shared' } } }, { outputs: { Name: { Value: { Ref: 'Box' }, Export: { Name: 'shared-box' } } } });
  const importing = stack({ Box: { Type: 'Test::Box', Properties: { Name: { 'Fn::ImportValue': 'shared-box' } } } }, { name: 'Other', id: 'Other' });
  expect((await run(exporting, importing)).created.map(request => request.properties.Name)).toEqual(['shared', 'shared']);
});

test('a stack that names its environment lives there', async () => {
  const { created } = await run(stack({ Box: { Type: 'Test::Box' } }, { account: '123456789012', region: 'cn-north-1' }));
  expect(created[0].environment).toEqual({ account: '123456789012', region: 'cn-north-1', partition: 'aws-cn', urlSuffix: 'amazonaws.com.cn' });
});

test('the CDK metadata stands for nothing', async () => {
  expect((await run(stack({ CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'x' } } }))).created).toEqual([]);
});

test('names every resource that it does not emulate, before it makes any', async () => {
  const outcome = run(stack({ Other: { Type: 'Test::Box' }, Box: { Type: 'AWS::S3::Bucket' }, Queue: { Type: 'AWS::SQS::Queue' } }));
  await expect(outcome).rejects.toThrow(
    'Stack Shop has resources that the local runtime does not emulate: AWS::S3::Bucket (Shop/Box/Resource), AWS::SQS::Queue (Queue). Leave them out of the app you run locally.',
  );
});

test('names the resource whose properties it does not know', async () => {
  await expect(run(stack({ Box: { Type: 'Test::Box', Properties: { Colour: 'red' } } }))).rejects.toThrow(
    'Stack Shop, resource Box (Shop/Box/Resource), Test::Box: the local runtime does not emulate the property Colour of Test::Box',
  );
});

test('names the resource whose reference leads nowhere', async () => {
  await expect(run(stack({ Box: { Type: 'Test::Box', Properties: { Name: { Ref: 'Nowhere' } } } }))).rejects.toThrow(/Stack Shop, resource Box \(Shop\/Box\/Resource\), Properties\.Name\.Ref: .*Nowhere/);
});
