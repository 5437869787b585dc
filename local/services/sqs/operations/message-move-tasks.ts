import { invalidParameter } from '../errors';
import { wholeNumber } from './numbers';
import { AwsError } from '../../../kernel/aws-error';
import { Operation, Permission, ServiceContext } from '../../../kernel/contracts';
import { MessageMoveTask } from '../queues/message-move-task';
import { Queue } from '../queues/queue';
import { Queues } from '../queues/queues';

interface StartInput {
  readonly SourceArn?: string;
  readonly DestinationArn?: string;
  readonly MaxNumberOfMessagesPerSecond?: number;
}

const KEPT_TASKS = 10;

/** Moves the messages of a dead-letter queue to where they came from, or elsewhere. */
export function messageMoveTaskOperations(context: ServiceContext, queues: Queues): Record<string, Operation> {
  /** By the source's ARN, the latest first. */
  const tasks = new Map<string, MessageMoveTask[]>();

  const source = (arn: unknown) => findQueue(queues, arn, 'SourceArn');
  const destination = ({ DestinationArn: arn }: StartInput) => arn === undefined ? undefined : findQueue(queues, arn, 'DestinationArn');
  const tasksOf = (arn: string) => tasks.get(arn) ?? [];

  return {
    StartMessageMoveTask: {
      permissions: (input: StartInput) => {
        const from = source(input.SourceArn);
        const to = destination(input);
        return [
          ...['startmessagemovetask', 'receivemessage', 'deletemessage', 'getqueueattributes'].map(action => permission(action, from)),
          ...(to ? [permission('sendmessage', to)] : []),
        ];
      },
      handle: (input: StartInput) => {
        const queue = source(input.SourceArn);
        if (!queues.all().some(each => each.attributes.redrivePolicy?.deadLetterTargetArn === queue.arn)) {
          throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
        }
        if (tasksOf(queue.arn)[0]?.status === 'RUNNING') {
          throw invalidParameter('There is already a task running. Only one active task is allowed for a source queue arn at a given time.');
        }
        const rate = wholeNumber(input.MaxNumberOfMessagesPerSecond, 'MaxNumberOfMessagesPerSecond', 1, 500, 'Must be between 1 and 500, if provided.');
        const task = new MessageMoveTask(context, queues, queue, input.DestinationArn, rate);
        tasks.set(queue.arn, [task, ...tasksOf(queue.arn)].slice(0, KEPT_TASKS));
        task.start();
        return { TaskHandle: task.handle };
      },
    },
    ListMessageMoveTasks: {
      permissions: ({ SourceArn: arn }: StartInput) => [permission('listmessagemovetasks', source(arn))],
      handle: ({ SourceArn: arn, MaxResults: given }: StartInput & { MaxResults?: number }) => {
        const count = wholeNumber(given, 'MaxResults', 1, KEPT_TASKS, `Must be between 1 and ${KEPT_TASKS}, if provided.`) ?? 1;
        return { Results: tasksOf(source(arn).arn).slice(0, count).map(task => task.describe()) };
      },
    },
    CancelMessageMoveTask: {
      permissions: ({ TaskHandle: handle }: { TaskHandle?: string }) => [permission('cancelmessagemovetask', source(readHandle(handle)))],
      handle: ({ TaskHandle: handle }: { TaskHandle?: string }) => {
        const task = tasksOf(readHandle(handle)).find(each => each.handle === handle && each.status === 'RUNNING');
        if (!task) {
          throw new AwsError('ResourceNotFoundException', 'Task does not exist.', 404);
        }
        task.cancel();
        return { ApproximateNumberOfMessagesMoved: task.moved };
      },
    },
  };
}

function permission(action: string, queue: Queue): Permission {
  return { action: `sqs:${action}`, resource: queue.arn, resourcePolicy: queue.attributes.policy };
}

function findQueue(queues: Queues, arn: unknown, parameter: string): Queue {
  const queue = typeof arn === 'string' ? queues.findByArn(arn) : undefined;
  if (!queue) {
    throw new AwsError('ResourceNotFoundException', `The resource that you specified for the ${parameter} parameter doesn't exist.`, 404);
  }
  return queue;
}

/** The source's ARN in the handle of a task. */
function readHandle(handle: unknown): string {
  try {
    const { sourceArn } = JSON.parse(Buffer.from(String(handle), 'base64').toString());
    if (typeof sourceArn === 'string') {
      return sourceArn;
    }
  } catch {
    // No handle of ours.
  }
  throw invalidParameter('Value for parameter TaskHandle is invalid.');
}
