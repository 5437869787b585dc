import { Queue } from './queue';
import { readRedrivePolicy } from './redrive-policy';
import { AwsError } from '../../../kernel/aws-error';
import { Environment, ServiceContext } from '../../../kernel/contracts';
import { invalidParameter, invalidValue, missingParameter, queueDoesNotExist, unknownAttribute } from '../errors';

const STANDARD_NAME = /^[A-Za-z0-9_-]{1,80}$/;
const FIFO_NAME = /^(?=.{1,80}$)[A-Za-z0-9_-]+\.fifo$/;
const DELETED_MILLISECONDS = 60_000;

/** The queues of the run, by account and name as their URLs have it. */
export class Queues {
  private readonly byPath = new Map<string, Queue>();
  private readonly deletedAt = new Map<string, number>();

  constructor(private readonly context: ServiceContext) {}

  /** Makes a queue; gives the one that is there when it is the same. */
  create(name: string, { FifoQueue: fifo, ...attributes }: Readonly<Record<string, string>>, environment: Environment): Queue {
    checkName(name, fifo);
    const path = `${environment.account}/${name}`;
    const standing = this.byPath.get(path);
    if (standing) {
      const all = standing.attributes.all();
      const differing = Object.entries(attributes).find(([key, value]) => value !== all[key]);
      if (differing) {
        throw new AwsError('QueueNameExists', `A queue already exists with the same name and a different value for attribute ${differing[0]}`);
      }
      return standing;
    }
    const queue = new Queue(name, environment, this.context, arn => this.findByArn(arn));
    this.setAttributes(queue, attributes);
    this.byPath.set(path, queue);
    return queue;
  }

  /** Sets attributes of a queue, when they fit the queues that they name. */
  setAttributes(queue: Queue, { FifoQueue: fifo, ...attributes }: Readonly<Record<string, string>>): void {
    if (fifo !== undefined && !queue.isFifo) {
      throw unknownAttribute('FifoQueue');
    }
    if (fifo !== undefined && fifo !== 'true') {
      throw new AwsError('InvalidAttributeValue', 'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.');
    }
    this.checkDeadLetterQueue(queue, attributes.RedrivePolicy);
    queue.attributes.set(attributes);
    queue.modifiedAt = this.context.clock.now();
  }

  /** A name stays taken for a minute after its owner has deleted the queue. */
  requireFree(name: string, account: string): void {
    const deletedAt = this.deletedAt.get(`${account}/${name}`);
    if (deletedAt !== undefined && this.context.clock.now() - deletedAt < DELETED_MILLISECONDS) {
      throw new AwsError('QueueDeletedRecently', 'You must wait 60 seconds after deleting a queue before you can create another with the same name.');
    }
  }

  delete(queue: Queue): void {
    const path = `${queue.environment.account}/${queue.name}`;
    queue.close();
    this.byPath.delete(path);
  }

  deleteForAMinute(queue: Queue): void {
    this.delete(queue);
    this.deletedAt.set(`${queue.environment.account}/${queue.name}`, this.context.clock.now());
  }

  findByArn(arn: string): Queue | undefined {
    const [, , service, , account, name] = arn.split(':');
    const queue = service === 'sqs' ? this.byPath.get(`${account}/${name}`) : undefined;
    return queue?.arn === arn ? queue : undefined;
  }

  findByName(name: string, account: string): Queue | undefined {
    return this.byPath.get(`${account}/${name}`);
  }

  /** The queue of a URL, whatever host it names: the path tells. */
  findByUrl(url: string): Queue | undefined {
    const path = /([^/]+\/[^/]+)\/?$/.exec(url)?.[1];
    return path === undefined ? undefined : this.byPath.get(path);
  }

  get(url: unknown): Queue {
    if (url === undefined || url === null || url === '') {
      throw missingParameter('QueueUrl');
    }
    const queue = typeof url === 'string' ? this.findByUrl(url) : undefined;
    if (!queue) {
      throw queueDoesNotExist();
    }
    return queue;
  }

  all(): Queue[] {
    return [...this.byPath.values()];
  }

  private checkDeadLetterQueue(queue: Queue, text: unknown): void {
    const policy = typeof text === 'string' ? readRedrivePolicy(text) : undefined;
    if (!policy) {
      return;
    }
    const refuse = (reason: string) => invalidValue(text, 'RedrivePolicy', reason);
    const target = this.findByArn(policy.deadLetterTargetArn);
    if (!target) {
      throw refuse('Dead letter target does not exist.');
    }
    if (target.isFifo !== queue.isFifo) {
      throw refuse('Dead-letter queue must be same type of queue as the source.');
    }
    const { redrivePermission, sourceQueueArns } = target.attributes.redriveAllowPolicy;
    if (redrivePermission === 'denyAll' || (redrivePermission === 'byQueue' && !sourceQueueArns.includes(queue.arn))) {
      throw refuse('Dead-letter queue does not allow the source queue to use it.');
    }
  }

  /** Lets nobody wait any longer. */
  stop(): void {
    this.all().forEach(queue => queue.close());
  }
}

function checkName(name: unknown, fifo: string | undefined): void {
  if (name === undefined || name === '') {
    throw missingParameter('QueueName');
  }
  if (fifo === 'false') {
    throw unknownAttribute('FifoQueue');
  }
  if (fifo === 'true' && !FIFO_NAME.test(String(name))) {
    throw invalidParameter('The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.');
  }
  if (fifo !== 'true' && !STANDARD_NAME.test(String(name))) {
    throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
}
