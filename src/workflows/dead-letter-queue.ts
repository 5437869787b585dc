import { Duration } from 'aws-cdk-lib';
import { IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** A construct's dead-letter queue: the author's, or a new one that keeps letters as long as SQS can, encrypted, and takes none in the clear. */
export function deadLetterQueue(scope: Construct, given?: IQueue): IQueue {
  return given ?? new Queue(scope, 'DeadLetterQueue', { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) });
}
