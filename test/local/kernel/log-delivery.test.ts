import { AwsError } from '../../../local/kernel/aws-error';
import { TraceEntry } from '../../../local/kernel/contracts';
import { LogDelivery } from '../../../local/kernel/log-delivery';
import { Trace } from '../../../local/kernel/trace';
import { FakeClock } from '../../support/fake-clock';
import { ACCOUNT } from '../../support/test-kernel';

/** Stands for CloudWatch Logs: keeps what it was asked, and refuses what a test tells it to. */
class FakeLogs {
  readonly clock = new FakeClock();
  readonly calls: Array<{ operation: string; input: any }> = [];
  readonly failures: string[] = [];
  readonly trace = new Trace();

  constructor() {
    this.trace.subscribe((entry: TraceEntry) => this.failures.push((entry as { message: string }).message));
  }

  refuse: (operation: string) => string | undefined = () => undefined;

  readonly invoke = async ({ operation, input }: { operation: string; input: unknown }): Promise<unknown> => {
    this.calls.push({ operation, input });
    const code = this.refuse(operation);
    if (code) {
      throw new AwsError(code, 'refused');
    }
    return {};
  };

  delivery(createsGroup = false): LogDelivery {
    return new LogDelivery(this, { source: 'test', logGroupName: 'g', logStreamName: 's', createsGroup, principal: () => ACCOUNT });
  }

  get operations(): string[] {
    return this.calls.map(({ operation }) => operation);
  }

  get lines(): string[] {
    return this.calls.filter(({ operation }) => operation === 'PutLogEvents').flatMap(({ input }) => input.logEvents.map(({ message }: any) => message));
  }
}

async function delivered(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

describe('LogDelivery', () => {
  test('lines of one turn travel in one call, in the order of their time', async () => {
    const logs = new FakeLogs();
    const delivery = logs.delivery();
    delivery.write(2, 'b');
    delivery.write(1, 'a');
    delivery.write(2, 'c');
    expect(logs.calls).toEqual([]);
    await delivered();
    expect(logs.operations).toEqual(['CreateLogStream', 'PutLogEvents']);
    expect(logs.lines).toEqual(['a', 'b', 'c']);
    delivery.write(3, 'd');
    await delivered();
    expect(logs.operations).toEqual(['CreateLogStream', 'PutLogEvents', 'PutLogEvents']);
  });

  test('what is there already is no failure', async () => {
    const logs = new FakeLogs();
    logs.refuse = operation => operation.startsWith('Create') ? 'ResourceAlreadyExistsException' : undefined;
    logs.delivery(true).write(1, 'a');
    await delivered();
    expect(logs.operations).toEqual(['CreateLogGroup', 'CreateLogStream', 'PutLogEvents']);
    expect(logs.failures).toEqual([]);
  });

  test('batches keep within what CloudWatch Logs takes', async () => {
    const logs = new FakeLogs();
    const delivery = logs.delivery();
    const long = 'x'.repeat(400_000);
    [long, long, long].forEach(line => delivery.write(1, line));
    for (let count = 0; count < 10_001; count++) {
      delivery.write(1, 'y');
    }
    await delivered();
    expect(logs.calls.slice(1).map(({ input }) => input.logEvents.length)).toEqual([2, 10_000, 2]);
  });

  test('a failure is told once, and once again after it was better', async () => {
    const logs = new FakeLogs();
    const delivery = logs.delivery();
    for (const refuses of [true, true, false, true]) {
      logs.refuse = operation => refuses && operation === 'PutLogEvents' ? 'AccessDeniedException' : undefined;
      delivery.write(1, 'a');
      await delivered();
    }
    expect(logs.failures).toEqual(Array(2).fill('The log group g does not get its logs: AccessDeniedException: refused'));
  });

  test('a stream that was deleted is made again', async () => {
    const logs = new FakeLogs();
    const delivery = logs.delivery();
    logs.refuse = operation => operation === 'PutLogEvents' ? 'ResourceNotFoundException' : undefined;
    delivery.write(1, 'lost');
    await delivered();
    logs.refuse = () => undefined;
    delivery.write(2, 'kept');
    await delivered();
    expect(logs.operations).toEqual(['CreateLogStream', 'PutLogEvents', 'CreateLogStream', 'PutLogEvents']);
  });

  test('a flood loses lines, and says how many, rather than fill the memory', async () => {
    const logs = new FakeLogs();
    const delivery = logs.delivery();
    const line = 'x'.repeat(1_000_000);
    for (let count = 0; count < 20; count++) {
      delivery.write(1, line);
    }
    await delivered();
    expect(logs.lines).toHaveLength(8);
    expect(logs.failures).toEqual(['The log group g does not get its logs: 12 lines are lost: more was logged than can be delivered']);
    delivery.write(2, 'after');
    await delivered();
    expect(logs.lines.at(-1)).toBe('after');
  });
});
