import { Queue } from './queue';
import { Queues } from './queues';
import { ServiceContext } from '../../../kernel/contracts';

type Status = 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

/** Moves the messages of a dead-letter queue, at once or so many a second. */
export class MessageMoveTask {
  readonly handle: string;
  readonly startedAt: number;
  status: Status = 'RUNNING';
  moved = 0;
  private readonly toMove: number;
  private failureReason?: string;

  constructor(
    private readonly context: ServiceContext,
    private readonly queues: Queues,
    private readonly source: Queue,
    private readonly destinationArn: string | undefined,
    private readonly messagesPerSecond: number | undefined,
  ) {
    this.handle = Buffer.from(JSON.stringify({ taskId: context.randomness.uuid(), sourceArn: source.arn })).toString('base64');
    this.startedAt = context.clock.now();
    this.toMove = source.counts().visible;
  }

  start(): void {
    this.context.clock.schedule(0, () => this.moveSome());
  }

  cancel(): void {
    this.status = 'CANCELLED';
  }

  describe(): object {
    return {
      TaskHandle: this.status === 'RUNNING' ? this.handle : undefined,
      Status: this.status,
      SourceArn: this.source.arn,
      DestinationArn: this.destinationArn,
      MaxNumberOfMessagesPerSecond: this.messagesPerSecond,
      ApproximateNumberOfMessagesMoved: this.moved,
      ApproximateNumberOfMessagesToMove: this.toMove,
      FailureReason: this.failureReason,
      StartedTimestamp: this.startedAt,
    };
  }

  private moveSome(): void {
    for (let count = 0; this.status === 'RUNNING' && this.moved < this.toMove; count++) {
      if (count === this.messagesPerSecond) {
        this.context.clock.schedule(1000, () => this.moveSome());
        return;
      }
      this.moveOne();
    }
    if (this.status === 'RUNNING') {
      this.status = 'COMPLETED';
    }
  }

  private moveOne(): void {
    const [message] = this.source.peek();
    if (!message) {
      this.status = 'COMPLETED';
      return;
    }
    const destination = this.queues.findByArn(this.destinationArn ?? message.deadLetterSourceArn ?? '');
    if (!destination) {
      this.status = 'FAILED';
      this.failureReason = message.deadLetterSourceArn === undefined && this.destinationArn === undefined ? 'CouldNotDetermineMessageSource' : 'AWS.SimpleQueueService.NonExistentQueue';
      return;
    }
    this.source.remove(message);
    // It counts as a new message, with an id of its own.
    const { clock, randomness } = this.context;
    destination.accept({ ...message, id: randomness.uuid(), receiveCount: 0, firstReceivedAt: undefined, sentAt: clock.now() }, undefined);
    this.moved++;
  }
}
