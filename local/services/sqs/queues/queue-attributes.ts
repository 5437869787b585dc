import { readRedriveAllowPolicy, readRedrivePolicy, RedriveAllowPolicy, RedrivePolicy } from './redrive-policy';
import { CompiledPolicy, compilePolicy } from '../../../engines/iam-policy';
import { AwsError } from '../../../kernel/aws-error';
import { invalidAttributeValue, unknownAttribute } from '../errors';

interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
  readonly usual: number;
}

const NUMBERS = {
  DelaySeconds: { minimum: 0, maximum: 900, usual: 0 },
  MaximumMessageSize: { minimum: 1024, maximum: 1024 * 1024, usual: 1024 * 1024 },
  MessageRetentionPeriod: { minimum: 60, maximum: 14 * 24 * 3600, usual: 4 * 24 * 3600 },
  ReceiveMessageWaitTimeSeconds: { minimum: 0, maximum: 20, usual: 0 },
  VisibilityTimeout: { minimum: 0, maximum: 12 * 3600, usual: 30 },
} satisfies Record<string, Bounds>;
const KMS_REUSE: Bounds = { minimum: 60, maximum: 24 * 3600, usual: 300 };

/** Attributes that only FIFO queues have, and their usual values. */
const FIFO = new Map([['ContentBasedDeduplication', 'false'], ['DeduplicationScope', 'queue'], ['FifoThroughputLimit', 'perQueue']]);
const CHOICES: Record<string, readonly string[]> = {
  ContentBasedDeduplication: ['true', 'false'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
  SqsManagedSseEnabled: ['true', 'false'],
};
/** What is left out of the answer when it says nothing. */
const WITHOUT_USUAL = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId'];

/** What a queue is set to. Changed as a whole or not at all. */
export class QueueAttributes {
  private texts: ReadonlyMap<string, string> = new Map();
  policy?: CompiledPolicy;
  redrivePolicy?: RedrivePolicy;
  redriveAllowPolicy: RedriveAllowPolicy = readRedriveAllowPolicy('');

  constructor(readonly isFifo: boolean) {}

  number(name: keyof typeof NUMBERS): number {
    return Number(this.texts.get(name) ?? NUMBERS[name].usual);
  }

  get contentBasedDeduplication(): boolean {
    return this.texts.get('ContentBasedDeduplication') === 'true';
  }

  get deduplicatesWithinGroups(): boolean {
    return this.texts.get('DeduplicationScope') === 'messageGroup';
  }

  /** What an attribute is when nobody sets it; empty where it is absent then. */
  usual(name: string): string {
    return Object.hasOwn(NUMBERS, name) ? String(NUMBERS[name as keyof typeof NUMBERS].usual) : FIFO.get(name) ?? '';
  }

  /** Every attribute that is set or has a usual value. */
  all(): Record<string, string> {
    const usual = [
      ...Object.entries(NUMBERS).map(([name, bounds]) => [name, String(bounds.usual)] as const),
      ['SqsManagedSseEnabled', this.texts.has('KmsMasterKeyId') ? 'false' : 'true'] as const,
      ...(this.texts.has('KmsMasterKeyId') ? [['KmsDataKeyReusePeriodSeconds', String(KMS_REUSE.usual)] as const] : []),
      ...(this.isFifo ? [['FifoQueue', 'true'] as const, ...FIFO] : []),
    ];
    return Object.fromEntries([...usual, ...this.texts]);
  }

  /** Sets attributes; an empty text takes away one that may be absent. */
  set(given: Readonly<Record<string, string>>): void {
    const texts = new Map(this.texts);
    for (const [name, text] of Object.entries(given)) {
      if (typeof text !== 'string') {
        throw invalidAttributeValue(name);
      }
      if (text === '' && WITHOUT_USUAL.includes(name)) {
        texts.delete(name);
      } else {
        this.check(name, text);
        texts.set(name, text);
      }
    }
    if (texts.get('FifoThroughputLimit') === 'perMessageGroupId' && texts.get('DeduplicationScope') !== 'messageGroup') {
      throw new AwsError('InvalidAttributeValue', 'The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.');
    }
    if (given.SqsManagedSseEnabled === 'true' && given.KmsMasterKeyId) {
      throw new AwsError('InvalidAttributeName', 'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.');
    }
    const policy = compileQueuePolicy(texts.get('Policy'));
    const redrivePolicy = readRedrivePolicy(texts.get('RedrivePolicy') ?? '');
    this.redriveAllowPolicy = readRedriveAllowPolicy(texts.get('RedriveAllowPolicy') ?? '');
    this.redrivePolicy = redrivePolicy;
    this.policy = policy;
    this.texts = texts;
  }

  private check(name: string, text: string): void {
    const bounds: Bounds | undefined = Object.hasOwn(NUMBERS, name) ? NUMBERS[name as keyof typeof NUMBERS] : name === 'KmsDataKeyReusePeriodSeconds' ? KMS_REUSE : undefined;
    if (bounds) {
      if (!/^\d+$/.test(text) || Number(text) < bounds.minimum || Number(text) > bounds.maximum) {
        throw invalidAttributeValue(name);
      }
    } else if (FIFO.has(name) && !this.isFifo) {
      throw name === 'ContentBasedDeduplication' ? unknownAttribute(name)
        : new AwsError('InvalidAttributeName', `You can specify the ${name} only when FifoQueue is set to true.`);
    } else if (Object.hasOwn(CHOICES, name)) {
      if (!CHOICES[name].includes(text)) {
        throw invalidAttributeValue(name);
      }
    } else if (!WITHOUT_USUAL.includes(name)) {
      throw unknownAttribute(name);
    }
  }
}

function compileQueuePolicy(text: string | undefined): CompiledPolicy | undefined {
  if (text === undefined) {
    return undefined;
  }
  try {
    return compilePolicy(JSON.parse(text), { kind: 'resource' });
  } catch {
    throw invalidAttributeValue('Policy');
  }
}
