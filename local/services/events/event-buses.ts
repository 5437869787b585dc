import { EventBus } from './event-bus';
import { AwsError } from '../../kernel/aws-error';
import { Environment } from '../../kernel/contracts';

/** The buses of the run. Every account has one named `default`. */
export class EventBuses {
  private readonly byName = new Map<string, EventBus>();

  constructor(environment: Environment) {
    this.create('default', environment);
  }

  create(name: string, environment: Environment): EventBus {
    const { partition, region, account } = environment;
    const bus = new EventBus(name, `arn:${partition}:events:${region}:${account}:event-bus/${name}`, environment);
    this.byName.set(name, bus);
    return bus;
  }

  delete(name: string): void {
    this.byName.delete(name);
  }

  /** The bus that a request names, by name or ARN; the default bus when it names none. */
  find(nameOrArn: string = 'default'): EventBus | undefined {
    return this.byName.get(nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1));
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
}
