import { TestFunctions } from './test-functions';
import { AwsError } from '../../../../local/kernel/aws-error';
import { Principal, Service } from '../../../../local/kernel/contracts';

/** CloudWatch Logs, as far as a function calls it. */
class Logs {
  readonly calls: string[] = [];
  readonly messages: string[] = [];
  readonly groups = new Set<string>();
  principal: Principal | undefined;

  readonly service = (): Service => {
    const operation = (action: string, handle: (input: any) => void) => ({
      permissions: (input: any) => [{ action: `logs:${action}`, resource: `arn:aws:logs:us-east-1:000000000000:log-group:${input.logGroupName}` }],
      handle: (input: any, { principal }: { principal: Principal }) => {
        this.calls.push(action);
        this.principal = principal;
        handle(input);
      },
    });
    return {
      name: 'logs',
      operations: {
        CreateLogGroup: operation('CreateLogGroup', ({ logGroupName }) => this.groups.add(logGroupName)),
        CreateLogStream: operation('CreateLogStream', ({ logGroupName }) => {
          if (!this.groups.has(logGroupName)) {
            throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
          }
        }),
        PutLogEvents: operation('PutLogEvents', ({ logEvents }) => this.messages.push(...logEvents.map(({ message }: { message: string }) => message))),
      },
      resourceTypes: {},
    };
  };
}

let logs: Logs;
let functions: TestFunctions;
beforeEach(() => {
  logs = new Logs();
  functions = new TestFunctions(logs.service);
});
afterEach(() => functions.stop());

const settled = () => new Promise(resolve => setTimeout(resolve));

test('an invocation is logged as Lambda writes it, by the role of the function', async () => {
  await functions.define('console.log("at start"); exports.handler = async () => { console.log("two\\nlines", { a: 1 }); console.error("bad"); process.stdout.write("raw\\n"); };');
  await functions.invoke();
  await settled();

  expect(logs.calls).toEqual(['CreateLogStream', 'CreateLogGroup', 'CreateLogStream', 'PutLogEvents']);
  expect([...logs.groups]).toEqual(['/aws/lambda/fn']);
  expect(logs.principal).toMatchObject({ kind: 'role', arn: 'arn:aws:sts::000000000000:assumed-role/function/fn', roleArn: functions.roleArn });
  const id = /RequestId: (\S+)/.exec(logs.messages[1])![1];
  expect(logs.messages).toEqual([
    expect.stringMatching(/^\d{4}-\d\d-\d\dT\S+Z\tundefined\tINFO\tat start\n$/),
    `START RequestId: ${id} Version: $LATEST\n`,
    expect.stringMatching(new RegExp(`^\\S+Z\\t${id}\\tINFO\\ttwo\\nlines \\{ a: 1 \\}\\n$`)),
    expect.stringMatching(new RegExp(`^\\S+Z\\t${id}\\tERROR\\tbad\\n$`)),
    'raw\n',
    `END RequestId: ${id}\n`,
    expect.stringMatching(new RegExp(`^REPORT RequestId: ${id}\\tDuration: 0.00 ms\\tBilled Duration: 1 ms\\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB\\tInit Duration: 0.00 ms\\t\\n$`)),
  ]);

  await functions.invoke();
  await settled();
  expect(logs.calls.slice(4)).toEqual(['PutLogEvents']);
});

test('an error is logged with its stack, and a crash with its status', async () => {
  await functions.define('exports.handler = async event => { if (event.exit) process.exit(2); throw new TypeError("no"); };');
  const { log } = await functions.invoke();
  expect(log).toMatch(/\tERROR\tInvoke Error \t\{"errorType":"TypeError","errorMessage":"no","stack":\["TypeError: no",/);
  expect((await functions.invoke({ exit: true })).log).toMatch(/\tStatus: error\tError Type: Runtime\.ExitError\t\n$/);
});

test('a role that may not make the group or the stream logs nothing, and its function runs all the same', async () => {
  const Role = functions.role('mute', 'lambda.amazonaws.com', 'logs:PutLogEvents');
  await functions.define('exports.handler = async () => "ran";', { Role });
  expect((await functions.invoke()).payload).toBe('ran');
  await settled();
  expect(logs.calls).toEqual([]);
  expect(functions.entries).toContainEqual(expect.objectContaining({ kind: 'call', operation: 'CreateLogStream', outcome: 'AccessDeniedException' }));
});

test('a group of its own choice needs nothing but its streams', async () => {
  logs.groups.add('/mine');
  await functions.define('exports.handler = async () => {};', { LoggingConfig: { LogGroup: '/mine' } });
  await functions.invoke();
  await settled();
  expect(logs.calls).toEqual(['CreateLogStream', 'PutLogEvents']);
});
