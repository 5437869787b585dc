import { invalidValue } from '../errors';

/** Where messages go that were received too often without being deleted. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Which queues may send their messages here. */
export interface RedriveAllowPolicy {
  readonly redrivePermission: 'allowAll' | 'denyAll' | 'byQueue';
  readonly sourceQueueArns: readonly string[];
}

const MAXIMUM_RECEIVE_COUNT = 1000;
const QUEUE_ARN = /^arn:[^:]+:sqs:[^:]*:[^:]*:[A-Za-z0-9_-]+(\.fifo)?$/;
const MAXIMUM_SOURCES = 10;

/** Reads a RedrivePolicy; an empty text is none. */
export function readRedrivePolicy(text: string): RedrivePolicy | undefined {
  if (text === '') {
    return undefined;
  }
  const refuse = (reason: string) => invalidValue(text, 'RedrivePolicy', reason);
  const policy = jsonMap(text);
  if (!policy) {
    throw refuse('Redrive policy is not a valid JSON map.');
  }
  const { deadLetterTargetArn, maxReceiveCount: given } = policy;
  for (const name of ['deadLetterTargetArn', 'maxReceiveCount']) {
    if (policy[name] === undefined) {
      throw refuse(`Redrive policy does not contain mandatory attribute: ${name}.`);
    }
  }
  if (typeof deadLetterTargetArn !== 'string' || !QUEUE_ARN.test(deadLetterTargetArn)) {
    throw refuse('Dead-letter target owner should be same as the source.');
  }
  const maxReceiveCount = Number(given);
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > MAXIMUM_RECEIVE_COUNT) {
    throw refuse(`Invalid value for maxReceiveCount: ${given}, valid values are from 1 to ${MAXIMUM_RECEIVE_COUNT} both inclusive.`);
  }
  return { deadLetterTargetArn, maxReceiveCount };
}

/** Reads a RedriveAllowPolicy; an empty text allows everybody. */
export function readRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  if (text === '') {
    return { redrivePermission: 'allowAll', sourceQueueArns: [] };
  }
  const refuse = (reason: string) => invalidValue(text, 'RedriveAllowPolicy', reason);
  const policy = jsonMap(text);
  if (!policy) {
    throw refuse('Redrive allow policy is not a valid JSON map.');
  }
  const { redrivePermission, sourceQueueArns } = policy;
  if (redrivePermission !== 'allowAll' && redrivePermission !== 'denyAll' && redrivePermission !== 'byQueue') {
    throw refuse('Redrive permission must be one of allowAll, denyAll or byQueue.');
  }
  if ((redrivePermission === 'byQueue') !== Array.isArray(sourceQueueArns)) {
    throw refuse('sourceQueueArns must be given when redrivePermission is byQueue, and only then.');
  }
  const arns = Array.isArray(sourceQueueArns) ? sourceQueueArns : [];
  if (arns.length > MAXIMUM_SOURCES || arns.some(arn => typeof arn !== 'string' || !QUEUE_ARN.test(arn))) {
    throw refuse(`sourceQueueArns must be a list of at most ${MAXIMUM_SOURCES} ARNs of queues.`);
  }
  return { redrivePermission, sourceQueueArns: arns };
}

function jsonMap(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
