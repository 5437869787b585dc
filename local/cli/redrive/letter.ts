/** A message as SQS hands it out. */
export interface SqsMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
}

/** A message of a dead-letter queue, as far as it says what it is. */
export interface Letter {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** In milliseconds. */
  readonly sentAt: number;
  /** `rule`, `pipe`, or what the workflow says; undefined for what is none of them. */
  readonly hop?: string;
  /** The ARN of what could not be reached, or of what is started again. */
  readonly target?: string;
  readonly ruleArn?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly body: string;
  /** The body, when it is JSON. */
  readonly content?: unknown;
}

/** Puts a letter back, and tells what took it. */
export type PutBack = () => Promise<string>;

/** Reads a message, which may be anybody's. */
export function readLetter(message: SqsMessage): Letter {
  const { MessageId: messageId, ReceiptHandle: receiptHandle, Body: body, Attributes: system = {}, MessageAttributes: given = {} } = message;
  const attribute = (name: string) => Object.hasOwn(given, name) ? given[name].StringValue : undefined;
  const content = parsed(body);
  const pipe = pipeContext(content);
  const ruleArn = attribute('RULE_ARN');
  return {
    messageId,
    receiptHandle,
    sentAt: Number(system.SentTimestamp ?? 0),
    hop: ruleArn !== undefined ? 'rule' : pipe ? 'pipe' : attribute('HOP'),
    target: pipe?.partnerResourceArn ?? attribute('TARGET_ARN'),
    ruleArn,
    errorCode: pipe?.condition ?? attribute('ERROR_CODE'),
    errorMessage: attribute('ERROR_MESSAGE'),
    body,
    content,
  };
}

interface PipeContext {
  readonly partnerResourceArn: string;
  readonly condition?: string;
}

function pipeContext(content: any): PipeContext | undefined {
  const context = isObject(content) && Object.hasOwn(content, 'context') ? content.context as any : undefined;
  return isObject(context) && typeof context.partnerResourceArn === 'string'
    ? { partnerResourceArn: context.partnerResourceArn, condition: typeof context.condition === 'string' ? context.condition : undefined } : undefined;
}

/** Whether a value is an object of JSON. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
