import { ResourceRequest, Service } from '../../../local/kernel/contracts';
import { Deployment } from '../../../local/kernel/deployment';
import { Kernel } from '../../../local/kernel/kernel';
import { systemRandomness } from '../../../local/kernel/randomness';
import { StackTemplate } from '../../../local/kernel/template';
import { Trace } from '../../../local/kernel/trace';
import { Tolerance } from '../../../local/kernel/unsupported-resource';
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

/** A runtime that knows boxes, and what was done with them. */
function boxes(tolerate?: Tolerance) {
  const created: ResourceRequest[] = [];
  const log: string[] = [];
  const service: Service = {
    name: 'boxes',
    operations: {},
    resourceTypes: {
      'Test::Box': {
        properties: { used: ['Name', 'In', 'Size', 'Fails'], withoutEffect: ['Tags'] },
        create: request => {
          if (request.properties.Fails) {
            throw new Error('it does not fit');
          }
          created.push(request);
          log.push(`create ${request.logicalId}`);
          return attributesOf(request);
        },
        update: (request, previous) => {
          log.push(`update ${request.logicalId} from ${previous.properties.Size} to ${request.properties.Size}`);
          return attributesOf(request);
        },
        replacedBy: ['Name', 'In'],
        delete: request => void log.push(`delete ${request.logicalId}`),
      },
    },
    deployed: () => void log.push('deployed'),
  };
  const kernel = new Kernel({ services: [() => service], clock: new FakeClock(), randomness: systemRandomness, trace: new Trace(), endpoint: () => '' });
  const deployment = new Deployment(kernel, tolerate);
  return { created, log, kernel, deploy: (...stacks: StackTemplate[]) => deployment.deploy(stacks) };
}

function attributesOf(request: ResourceRequest) {
  return { ref: request.properties.Name ?? request.generateName(20), attributes: { Arn: `arn:box/${request.environment.region}`, Id: request.generateId(10) } };
}

async function run(...stacks: StackTemplate[]) {
  const { created, kernel, deploy } = boxes();
  await deploy(...stacks);
  return { created, provisioned: kernel.stacks() };
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
    'Stack Shop has resources that the local runtime does not emulate: AWS::S3::Bucket (Shop/Box/Resource), AWS::SQS::Queue (Queue). Leave them out of the app you run locally, or start with --allow-unsupported: whatever reaches one of them then fails by its name.',
  );
});

test('what nothing reads need not be resolvable', async () => {
  const { created, deploy } = boxes(({ isUnknownType }) => isUnknownType);
  await deploy(stack({
    Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: '{{resolve:ssm:/name}}' } },
    Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: '{{resolve:ssm:/name}}' } },
    Box: { Type: 'Test::Box', Properties: { Name: { Ref: 'Files' } } },
  }));
  expect(created.map(({ properties }) => properties.Name)).toEqual([expect.stringMatching(/^Shop-Files-/)]);
});

test('a resource that cannot be made is named with its line, where the template is a file', async () => {
  const lineOf = (path: readonly string[]) => path.join('.') === 'Resources.Box' ? 7 : undefined;
  await expect(run(stack({ Box: { Type: 'Test::Box', Properties: { Colour: 'red' } } }, { templateFile: 'shop.yaml', lineOf }))).rejects.toThrow(
    'shop.yaml:7: Stack Shop, resource Box (Shop/Box/Resource), Test::Box: the local runtime does not emulate the property Colour of Test::Box',
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

test('a resource that may be missing has a name and attributes that tell whose they are', async () => {
  const left: string[] = [];
  const { created, deploy } = boxes(({ request, isUnknownType }) => left.push(request.logicalId) > 0 && isUnknownType);
  const value = (name: string) => ({ 'Fn::GetAtt': ['Bucket', name] });
  await deploy(stack({ Bucket: { Type: 'AWS::S3::Bucket' }, Box: { Type: 'Test::Box', Properties: { Name: { Ref: 'Bucket' }, In: value('Arn'), Size: value('DomainName') } } }));
  expect(left).toEqual(['Bucket']);
  const { Name: name, In: arn, Size: domain } = created[0].properties;
  expect(name).toMatch(/^Shop-Bucket-[A-Z0-9]{12}$/);
  expect(arn).toBe(`arn:aws:s3:us-east-1:000000000000:${name}`);
  expect(domain).toBe('Bucket.DomainName');
});

test('a resource of a known type that cannot be made stops the deployment, unless that is allowed too', async () => {
  const broken = stack({ Box: { Type: 'Test::Box', Properties: { Fails: true } } });
  await expect(boxes(({ isUnknownType }) => isUnknownType).deploy(broken)).rejects.toThrow('it does not fit');
  const reasons: string[] = [];
  await boxes(({ reason }) => reasons.push(reason) > 0).deploy(broken);
  expect(reasons).toEqual(['it does not fit']);
});

describe('a change of the templates', () => {
  const box = (properties: object = {}) => ({ Type: 'Test::Box', Properties: properties });

  async function change(before: object, after: object) {
    const { log, kernel, deploy } = boxes();
    await deploy(stack(before, { outputs: { Name: { Value: { Ref: 'Box' } } } }));
    log.length = 0;
    const changes = await deploy(stack(after, { outputs: {} }));
    return { log, changes: changes.map(each => `${each.change} ${each.logicalId}`), stacks: kernel.stacks() };
  }

  test('leaves alone what is as it was', async () => {
    const { log, changes } = await change({ Box: box({ Size: 1 }) }, { Box: box({ Size: 1 }) });
    expect(log).toEqual(['deployed']);
    expect(changes).toEqual([]);
  });

  test('changes a resource where it stands, when its type can', async () => {
    const { log, changes } = await change({ Box: box({ Size: 1 }) }, { Box: box({ Size: 2 }) });
    expect(log).toEqual(['update Box from 1 to 2', 'deployed']);
    expect(changes).toEqual(['updated Box']);
  });

  test('replaces a resource for a property that cannot change, and whatever holds on to it', async () => {
    const before = { Box: box({ Name: 'one' }), Inner: box({ In: { 'Fn::GetAtt': ['Box', 'Arn'] } }), Other: box() };
    const { log, changes } = await change(before, { ...before, Box: box({ Name: 'two' }) });
    expect(log).toEqual(['delete Box', 'create Box', 'delete Inner', 'create Inner', 'deployed']);
    expect(changes).toEqual(['replaced Box', 'replaced Inner']);
  });

  test('deletes what is declared no longer after all else, the newest first', async () => {
    const { log, stacks } = await change({ Box: box(), Inner: box({ In: { Ref: 'Box' } }) }, { New: box() });
    expect(log).toEqual(['create New', 'delete Inner', 'delete Box', 'deployed']);
    expect(stacks[0].resources.map(({ logicalId }) => logicalId)).toEqual(['New']);
  });

  test('that fails leaves everything as it was', async () => {
    const { log, kernel, deploy } = boxes();
    await deploy(stack({ Box: box({ Size: 1 }), Gone: box() }));
    const before = kernel.stacks();
    log.length = 0;
    await expect(deploy(stack({ Box: box({ Size: 2 }), Bad: box({ In: { Ref: 'Box' }, Fails: true }) }))).rejects.toThrow(
      'Stack Shop, resource Bad (Bad), Test::Box: it does not fit',
    );
    expect(log).toEqual(['update Box from 1 to 2', 'update Box from 2 to 1', 'deployed']);
    expect(kernel.stacks()).toEqual(before);
  });

  test('may take away a whole stack', async () => {
    const { log, deploy, kernel } = boxes();
    await deploy(stack({ Box: box() }), stack({ Box: box() }, { name: 'Other', id: 'Other' }));
    log.length = 0;
    await deploy(stack({ Box: box() }));
    expect(log).toEqual(['delete Box', 'deployed']);
    expect(kernel.stacks().map(({ name }) => name)).toEqual(['Shop']);
  });
});
