import { EventBus } from './event-bus';
import { AwsError } from '../../../kernel/aws-error';
import { Clock, Environment } from '../../../kernel/contracts';
import { limitExceeded, violation } from '../errors';

const NAME = /^[/.\-_A-Za-z0-9]+$/;
const MAXIMUM_NAME_LENGTH = 256;
const MAXIMUM_BUSES = 100;

/** The buses of the run. Every account has one named `default`. */
export class EventBuses {
  private readonly byName = new Map<string, EventBus>();

  constructor(environment: Environment, private readonly clock: Clock, private readonly scheduleChanged: (bus: EventBus) => void) {
    this.add('default', environment);
  }

  create(name: unknown, environment: Environment): EventBus {
    if (typeof name !== 'string') {
      throw violation(null, 'name', 'not be null');
    }
    if (!NAME.test(name)) {
      throw violation(name, 'name', 'satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+');
    }
    if (name.length > MAXIMUM_NAME_LENGTH) {
      throw violation(name, 'name', `have length less than or equal to ${MAXIMUM_NAME_LENGTH}`);
    }
    if (this.byName.has(name)) {
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    }
    if (this.byName.size >= MAXIMUM_BUSES) {
      throw limitExceeded();
    }
    return this.add(name, environment);
  }

  delete(name: string): void {
    this.byName.delete(name);
  }

  /** The bus that a request names, by name or ARN; the default bus when it names none. */
  find(nameOrArn: string = 'default'): EventBus | undefined {
    return this.byName.get(nameOrArn.replace(/^arn:.*:event-bus\//, ''));
  }

  get(nameOrArn?: string): EventBus {
    const bus = this.find(nameOrArn);
    if (!bus) {
      throw new AwsError('ResourceNotFoundException', `Event bus ${nameOrArn} does not exist.`);
    }
    return bus;
  }

  all(): EventBus[] {
    return [...this.byName.values()];
  }

  private add(name: string, environment: Environment): EventBus {
    const { partition, region, account } = environment;
    const arn = `arn:${partition}:events:${region}:${account}:event-bus/${name}`;
    const bus = new EventBus(name, arn, environment, this.clock.now(), this.scheduleChanged);
    this.byName.set(name, bus);
    return bus;
  }
}
