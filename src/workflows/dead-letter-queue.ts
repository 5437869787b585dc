import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { keyPermissions } from '../integrations/key-permissions';
import { InvalidValueError } from '../validation/invalid-value-error';

/** A construct's dead-letter queue: the author's, or a new one that keeps letters as long as SQS can, encrypted, and takes none in the clear. */
export function deadLetterQueue(scope: Construct, given?: IQueue): IQueue {
  if (given?.fifo) {
    throw new InvalidValueError('deadLetterQueueFifo', `The dead-letter queue ${given.node.path} is a FIFO queue, which EventBridge refuses: give ${scope.node.path} a standard one.`);
  }
  return given ?? new Queue(scope, 'DeadLetterQueue', { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) });
}

/** What it takes to put letters into a queue, and what a key of its author's asks for that. */
export function sendLetters(queue: IQueue): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
    ...keyPermissions(queue.encryptionMasterKey, 'sqs', queue, ['kms:GenerateDataKey', 'kms:Decrypt']),
  ];
}
