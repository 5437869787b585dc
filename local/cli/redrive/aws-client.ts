import { signRequest, SigningCredentials } from '../../engines/sigv4';
import { AwsError } from '../../kernel/aws-error';
import { IncomingAnswer, send } from '../../wire/http-client';

/** A service as its clients call it: the name it is signed for, its host, the variable that names its endpoint, and how its operations are named. */
interface ServiceAddress {
  readonly signedAs: string;
  readonly host: string;
  readonly variable: string;
  readonly target?: string;
  readonly contentType?: string;
}

const SERVICES = {
  sqs: { signedAs: 'sqs', host: 'sqs', variable: 'SQS', target: 'AmazonSQS', contentType: 'application/x-amz-json-1.0' },
  states: { signedAs: 'states', host: 'states', variable: 'SFN', target: 'AWSStepFunctions', contentType: 'application/x-amz-json-1.0' },
  events: { signedAs: 'events', host: 'events', variable: 'EVENTBRIDGE', target: 'AWSEvents', contentType: 'application/x-amz-json-1.1' },
  streams: { signedAs: 'dynamodb', host: 'streams.dynamodb', variable: 'DYNAMODB_STREAMS', target: 'DynamoDBStreams_20120810', contentType: 'application/x-amz-json-1.0' },
  pipes: { signedAs: 'pipes', host: 'pipes', variable: 'PIPES' },
  cloudformation: { signedAs: 'cloudformation', host: 'cloudformation', variable: 'CLOUDFORMATION' },
} satisfies Record<string, ServiceAddress>;

type ServiceName = keyof typeof SERVICES;
type JsonService = 'sqs' | 'states' | 'events' | 'streams';

export interface AwsClientOptions {
  readonly region: string;
  readonly credentials: SigningCredentials;
  /** Where every service is; AWS's own endpoints without one. */
  readonly endpoint?: string;
  /** Whether that is this machine. */
  readonly isLocal?: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const MAXIMUM_ANSWER_BYTES = 32 * 1024 * 1024;
const TIMEOUT_MILLISECONDS = 60_000;
const ATTEMPTS = 4;

/** What a service says before it does anything, so that asking again does nothing twice. */
const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|ServiceUnavailable|SlowDown/;

/** Calls AWS, or whatever speaks like it: no SDK is bundled. */
export class AwsClient {
  /** The time of the last answer, by the clock of whoever answered. */
  serverTime?: number;

  constructor(private readonly options: AwsClientOptions) {}

  /** Whether the services are on this machine. */
  get isLocal(): boolean {
    return this.options.isLocal ?? false;
  }

  /** An operation of a service that speaks JSON. */
  async json(service: JsonService, operation: string, input: object): Promise<any> {
    const { target, contentType } = SERVICES[service];
    const { body } = await this.call(service, 'POST', '/', { 'content-type': contentType, 'x-amz-target': `${target}.${operation}` }, JSON.stringify(input));
    return body === '' ? {} : JSON.parse(body);
  }

  /** A pipe, by its name. */
  async describePipe(name: string): Promise<any> {
    return JSON.parse((await this.call('pipes', 'GET', `/v1/pipes/${encodeURIComponent(name)}`, {}, '')).body);
  }

  /** An operation of CloudFormation, whose answer is XML. */
  async cloudFormation(action: string, input: Record<string, string>): Promise<string> {
    const form = new URLSearchParams({ Action: action, Version: '2010-05-15', ...input }).toString();
    return (await this.call('cloudformation', 'POST', '/', { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, form)).body;
  }

  private async call(service: ServiceName, method: string, path: string, headers: Record<string, string>, body: string): Promise<IncomingAnswer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.send(service, method, path, headers, body);
      if (answer.status < 300) {
        return answer;
      }
      const error = errorOf(answer);
      if (attempt === ATTEMPTS || !THROTTLED.test(error.code)) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 200 * 2 ** attempt * (0.5 + Math.random() / 2)));
    }
  }

  private async send(service: ServiceName, method: string, path: string, headers: Record<string, string>, body: string): Promise<IncomingAnswer> {
    const { region, credentials } = this.options;
    const url = new URL(path, this.endpointOf(service));
    const request = { method, path: url.pathname, query: '', headers: { ...headers, host: url.host }, body: Buffer.from(body) };
    const answer = await send({
      url,
      method,
      headers: signRequest(request, credentials, { region, service: SERVICES[service].signedAs }, Date.now()),
      body,
      maximumAnswerBytes: MAXIMUM_ANSWER_BYTES,
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    this.serverTime = Date.parse(answer.headers.date) || undefined;
    return answer;
  }

  private endpointOf(service: ServiceName): string {
    const { endpoint, environment, region } = this.options;
    const { host, variable } = SERVICES[service];
    const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    return endpoint ?? (environment[`AWS_ENDPOINT_URL_${variable}`] || environment.AWS_ENDPOINT_URL || `https://${host}.${region}.${suffix}`);
  }
}

/** The code and the text of a service's error, in whichever form it comes. */
function errorOf({ status, statusText, headers, body }: IncomingAnswer): AwsError {
  const xml = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
  const { __type: type, code, message, Message } = parsed(body);
  const name = String(headers['x-amzn-errortype'] ?? type ?? code ?? xml('Code') ?? statusText).replace(/^.*#/, '').replace(/:.*$/, '');
  return new AwsError(name || String(status), String(message ?? Message ?? xml('Message') ?? `The answer has the status ${status}.`), status);
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {};
  } catch {
    return {};
  }
}
