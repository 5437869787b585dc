import { CompiledPolicy, compilePolicy } from '../../../local/engines/iam-policy';
import { AwsError } from '../../../local/kernel/aws-error';
import { Operation, Service, ServiceContext, TraceEntry, TraceRecord } from '../../../local/kernel/contracts';
import { Kernel } from '../../../local/kernel/kernel';
import { systemRandomness } from '../../../local/kernel/randomness';
import { Roles } from '../../../local/kernel/roles';
import { Trace } from '../../../local/kernel/trace';
import { awsJson } from '../../../local/wire/aws-json';
import { FakeClock } from '../../support/fake-clock';

const ROLE = 'arn:aws:iam::000000000000:role/Reader';
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine';
const account = { kind: 'account', arn: 'arn:aws:iam::000000000000:root' } as const;

function start(operations: Record<string, Operation>) {
  const trace = new Trace();
  const entries: TraceEntry[] = [];
  trace.subscribe(entry => entries.push(entry));
  const shelf = (_: ServiceContext): Service => ({ name: 'shelf', protocols: [awsJson({ version: '1.0', targetPrefix: 'Shelf' })], operations, resourceTypes: {} });
  const kernel = new Kernel({ services: [shelf], clock: new FakeClock(), randomness: systemRandomness, trace, endpoint: () => '' });
  kernel.roles.define({
    arn: ROLE,
    name: 'Reader',
    trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    policies: [{ name: 'Read', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'shelf:Read', Resource: 'arn:aws:shelf:::book/1' }] } }],
    where: { constructPath: 'App/Reader', logicalId: 'Reader1234' },
  });
  return { kernel, entries };
}

const read: Operation = {
  permissions: ({ book }) => [{ action: 'shelf:Read', resource: `arn:aws:shelf:::book/${book}` }],
  handle: ({ book }, { principal }) => ({ book, reader: principal.arn }),
};

describe('invoke', () => {
  test('runs the operation for a role whose policies allow it', async () => {
    const { kernel, entries } = start({ Read: read });
    const principal = kernel.assumeRole(ROLE, 'states.amazonaws.com', MACHINE);
    expect(await kernel.invoke({ principal, service: 'shelf', operation: 'Read', input: { book: 1 } }))
      .toEqual({ book: 1, reader: 'arn:aws:sts::000000000000:assumed-role/Reader/states' });
    expect(entries).toMatchObject([{ kind: 'call', service: 'shelf', operation: 'Read', outcome: 'ok' }]);
  });

  test('denies what no policy allows, in words of AWS, before the operation runs', async () => {
    const handle = jest.fn();
    const { kernel, entries } = start({ Read: { ...read, handle } });
    const principal = kernel.assumeRole(ROLE, 'states.amazonaws.com', MACHINE);
    await expect(kernel.invoke({ principal, service: 'shelf', operation: 'Read', input: { book: 2 } })).rejects.toMatchObject({
      code: 'AccessDeniedException',
      message: 'User: arn:aws:sts::000000000000:assumed-role/Reader/states is not authorized to perform: shelf:Read on resource: arn:aws:shelf:::book/2 because no identity-based policy allows the shelf:Read action',
    });
    expect(handle).not.toHaveBeenCalled();
    expect(entries).toMatchObject([{ outcome: 'AccessDeniedException', message: expect.stringContaining('shelf:Read') }]);
  });

  test('a policy attached later counts, and an explicit deny overrules', async () => {
    const { kernel } = start({ Read: read });
    const principal = kernel.assumeRole(ROLE, 'states.amazonaws.com', MACHINE);
    const allow = { Effect: 'Allow', Action: 'shelf:*', Resource: '*' };
    kernel.roles.attach('Reader', { name: 'All', document: { Version: '2012-10-17', Statement: [allow] } });
    await expect(kernel.invoke({ principal, service: 'shelf', operation: 'Read', input: { book: 2 } })).resolves.toMatchObject({ book: 2 });
    kernel.roles.attach('Reader', { name: 'None', document: { Version: '2012-10-17', Statement: [{ ...allow, Effect: 'Deny' }] } });
    await expect(kernel.invoke({ principal, service: 'shelf', operation: 'Read', input: { book: 1 } })).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });

  test('a role may trust a service on behalf of certain resources only', () => {
    const { kernel } = start({});
    const trust = (sourceArn: string) => ({
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Principal: { Service: 'states.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { ArnLike: { 'aws:SourceArn': sourceArn }, StringEquals: { 'aws:SourceAccount': '000000000000' } },
      }],
    });
    kernel.roles.define({ arn: `${ROLE}-1`, name: 'Reader-1', trustPolicy: trust('arn:aws:states:us-east-1:000000000000:stateMachine:*'), policies: [] });
    kernel.roles.define({ arn: `${ROLE}-2`, name: 'Reader-2', trustPolicy: trust('arn:aws:states:us-east-1:000000000000:stateMachine:Other'), policies: [] });
    expect(kernel.assumeRole(`${ROLE}-1`, 'states.amazonaws.com', MACHINE).roleArn).toBe(`${ROLE}-1`);
    expect(() => kernel.assumeRole(`${ROLE}-2`, 'states.amazonaws.com', MACHINE)).toThrow('not authorized to perform: sts:AssumeRole');
  });

  test('the account may do everything', async () => {
    const { kernel } = start({ Read: read });
    expect(await kernel.invoke({ principal: account, service: 'shelf', operation: 'Read', input: { book: 9 } })).toMatchObject({ book: 9 });
  });

  test.each([
    ['another service', ROLE, 'apigateway.amazonaws.com'],
    ['a role that does not exist', `${ROLE}s`, 'states.amazonaws.com'],
  ])('%s cannot be assumed', (_, role, service) => {
    const { kernel } = start({});
    expect(() => kernel.assumeRole(role, service, MACHINE)).toThrow(`${service} is not authorized to perform: sts:AssumeRole on resource: ${role}`);
  });

  test.each([
    ['shelf', 'Burn', 'The local runtime does not emulate shelf:Burn.'],
    ['shelf', 'constructor', 'The local runtime does not emulate shelf:constructor.'],
    ['cellar', 'Read', 'The local runtime does not emulate the service "cellar".'],
  ])('names what it does not emulate: %s:%s', async (service, operation, message) => {
    const { kernel } = start({ Read: read });
    await expect(kernel.invoke({ principal: account, service, operation, input: {} })).rejects.toMatchObject({ code: 'NotImplemented', message });
  });
});

describe('send', () => {
  const post = (target: string, body: string) => ({ method: 'POST', path: '/', query: '', headers: { 'x-amz-target': target }, body });

  test('speaks the protocol of the service', async () => {
    const { kernel } = start({ Read: read });
    const response = await kernel.send(account, 'shelf', post('Shelf.Read', '{"book":3}'));
    expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': expect.any(String) } });
    expect(JSON.parse(response.body)).toEqual({ book: 3, reader: account.arn });
  });

  test('answers an error of the service with its code, status and members', async () => {
    const fail = () => {
      throw new AwsError('Torn', 'Page 3 is torn.', 409, { Page: 3 });
    };
    const { kernel } = start({ Read: { ...read, handle: fail } });
    const response = await kernel.send(account, 'shelf', post('Shelf.Read', '{"book":3}'));
    expect(response.status).toBe(409);
    expect(JSON.parse(response.body)).toEqual({ __type: 'Torn', message: 'Page 3 is torn.', Page: 3 });
  });

  test('a fault of the runtime is answered without its stack, and shown to whoever watches', async () => {
    const fail = () => {
      throw new TypeError('secret detail');
    };
    const { kernel, entries } = start({ Read: { ...read, handle: fail } });
    const response = await kernel.send(account, 'shelf', post('Shelf.Read', '{"book":3}'));
    expect(response.status).toBe(500);
    expect(response.body).not.toContain('secret');
    expect(entries).toContainEqual(expect.objectContaining({ kind: 'failure', source: 'shelf', message: expect.stringContaining('secret detail') }));
  });

  test.each([
    ['an operation of another service', 'Other.Read', '{}', 'UnknownOperationException'],
    ['a body that is not JSON', 'Shelf.Read', '{"book":', 'SerializationException'],
    ['a body that is not an object', 'Shelf.Read', '[1]', 'SerializationException'],
  ])('%s is refused', async (_, target, body, code) => {
    const { kernel } = start({ Read: read });
    const response = await kernel.send(account, 'shelf', post(target, body));
    expect(response.status).toBe(400);
    expect(JSON.parse(response.body).__type).toContain(code);
  });
});

describe('a service without a role', () => {
  const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:queue';
  const RULE = 'arn:aws:events:us-east-1:000000000000:rule/orders';
  const policy = (condition: object) => compilePolicy({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: QUEUE, Condition: condition }],
  }, { kind: 'resource' });
  const authorize = (resourcePolicy?: CompiledPolicy, sourceArn: string = RULE) =>
    () => new Roles().authorize({ kind: 'service', arn: 'events.amazonaws.com', sourceArn }, { action: 'sqs:SendMessage', resource: QUEUE, resourcePolicy });

  test('may do what the policy of the resource allows it', () => {
    expect(authorize(policy({ ArnEquals: { 'aws:SourceArn': RULE }, StringEquals: { 'aws:SourceAccount': '000000000000' } }))).not.toThrow();
  });

  test('may do nothing on behalf of another resource than the policy names', () => {
    expect(authorize(policy({ ArnEquals: { 'aws:SourceArn': RULE } }), `${RULE}-of-another`)).toThrow(/events\.amazonaws\.com is not authorized to perform: sqs:SendMessage/);
  });

  test('may do nothing where the resource has no policy', () => {
    expect(authorize()).toThrow(/because no resource-based policy allows the sqs:SendMessage action/);
  });
});

describe('who observes', () => {
  function observe(operations: Record<string, Operation>) {
    const started = start(operations);
    const records: TraceRecord[] = [];
    started.kernel.trace.observe(record => records.push(record));
    return { ...started, records, principal: started.kernel.assumeRole(ROLE, 'states.amazonaws.com', MACHINE) };
  }

  test('sees the statement that allowed a call, its input and its answer', async () => {
    const { kernel, records, principal } = observe({ Read: read });
    await kernel.invoke({ principal, service: 'shelf', operation: 'Read', input: { book: 1 } });
    expect(records).toMatchObject([{
      entry: {
        kind: 'call',
        input: { book: 1 },
        output: { book: 1 },
        decisions: [{ action: 'shelf:Read', allowed: true, reason: 'allowed', policyType: 'identity', policy: 'Read', statement: { Effect: 'Allow', Action: 'shelf:Read' } }],
      },
    }]);
  });

  test('sees what a denied call lacks, and where', async () => {
    const { kernel, records, principal } = observe({ Read: read });
    await expect(kernel.invoke({ principal, service: 'shelf', operation: 'Read', input: { book: 2 } })).rejects.toMatchObject({ code: 'AccessDeniedException' });
    expect(records).toMatchObject([{
      entry: {
        decisions: [{ allowed: false, reason: 'implicitDeny' }],
        missing: { statement: { Effect: 'Allow', Action: 'shelf:Read', Resource: 'arn:aws:shelf:::book/2' }, role: ROLE, where: { constructPath: 'App/Reader', logicalId: 'Reader1234' } },
      },
    }]);
  });

  test('is told that a statement which would allow does not help against one that denies', async () => {
    const { kernel, records, principal } = observe({ Read: read });
    kernel.roles.attach('Reader', { name: 'None', document: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'shelf:Read', Resource: '*' }] } });
    await expect(kernel.invoke({ principal, service: 'shelf', operation: 'Read', input: { book: 1 } })).rejects.toMatchObject({ code: 'AccessDeniedException' });
    expect(records).toMatchObject([{ entry: { decisions: [{ allowed: false, reason: 'explicitDeny', policy: 'None' }], missing: { denied: true } } }]);
  });

  test('sees calls within calls, and nothing of somebody who only looks, unless it fails', async () => {
    const outer = (): Operation => ({ permissions: () => [], handle: async () => current!.invoke({ principal: account, service: 'shelf', operation: 'Read', input: { book: 1 } }) });
    let current: Kernel | undefined;
    const { kernel, records } = observe({ Read: read, Outer: outer(), Broken: { permissions: () => [], handle: () => { throw new Error('broken'); } } });
    current = kernel;
    await kernel.invoke({ principal: account, service: 'shelf', operation: 'Outer', input: {} });
    const [inner, enclosing] = records;
    expect(inner).toMatchObject({ cause: enclosing.sequence, entry: { operation: 'Read' } });
    await kernel.trace.idly(() => kernel.invoke({ principal: account, service: 'shelf', operation: 'Outer', input: {} }));
    expect(records).toHaveLength(2);
    await expect(kernel.trace.idly(() => kernel.invoke({ principal: account, service: 'shelf', operation: 'Broken', input: {} }))).rejects.toThrow('broken');
    expect(records.at(-1)).toMatchObject({ entry: { operation: 'Broken', outcome: 'InternalFailure' } });
  });
});
