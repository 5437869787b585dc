import { logs } from '../../../../local/services/logs';
import { TestKernel } from '../../../support/test-kernel';

export const GROUP = '/app/things';
export const STREAM = 'one';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A runtime with a group and a stream. */
export class TestLogs extends TestKernel {
  static async start(properties: object = {}): Promise<TestLogs> {
    const kernel = new TestLogs();
    await kernel.create('AWS::Logs::LogGroup', { LogGroupName: GROUP, ...properties });
    await kernel.ask('CreateLogStream', { logGroupName: GROUP, logStreamName: STREAM });
    return kernel;
  }

  constructor() {
    super(logs);
  }

  ask(operation: string, input: object): Promise<any> {
    return this.call('logs', operation, input);
  }

  /** Puts events: each with its message, and how long ago it happened. */
  put(events: ReadonlyArray<readonly [message: string, ago: number]>, logStreamName = STREAM): Promise<any> {
    const logEvents = events.map(([message, ago]) => ({ message, timestamp: this.clock.now() - ago }));
    return this.ask('PutLogEvents', { logGroupName: GROUP, logStreamName, logEvents });
  }

  /** The messages that a search finds. */
  async find(input: object = {}): Promise<string[]> {
    const { events } = await this.ask('FilterLogEvents', { logGroupName: GROUP, ...input });
    return events.map(({ message }: { message: string }) => message);
  }
}
