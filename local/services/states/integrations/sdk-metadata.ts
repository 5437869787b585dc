import { ServiceContext } from '../../../kernel/contracts';
import { crc32 } from '../../../wire/crc32';

type Headers = ReadonlyArray<readonly [name: string, value: string]>;

/** What the HTTP answers of the services carry besides what all of them do. */
const HEADERS: Readonly<Record<string, (context: ServiceContext, answer: any, body: string) => Headers>> = {
  dynamodb: (_context, _answer, body) => [
    ['Server', 'Server'], ['Connection', 'keep-alive'], ['x-amz-crc32', String(crc32(body))], ['Content-Length', String(Buffer.byteLength(body))], ['Content-Type', 'application/x-amz-json-1.0'],
  ],
  events: (_context, _answer, body) => [['Content-Length', String(Buffer.byteLength(body))], ['Content-Type', 'application/x-amz-json-1.1']],
  lambda: (context, { LogResult: log, ExecutedVersion: version, Payload: payload = '' }) => [
    ...(log === undefined ? [] : [['X-Amz-Log-Result', log] as const]),
    ...(version === undefined ? [] : [['X-Amz-Executed-Version', version] as const]),
    ['x-amzn-Remapped-Content-Length', '0'],
    ['Connection', 'keep-alive'],
    ['Content-Length', String(Buffer.byteLength(payload))],
    ['X-Amzn-Trace-Id', `root=1-${Math.floor(context.clock.now() / 1000).toString(16)}-${context.randomness.bytes(12).toString('hex')};sampled=0`],
    ['Content-Type', 'application/json'],
  ],
  // The XML that stands around the identifiers is always as long.
  sns: (_context, { SequenceNumber: number }) => [['connection', 'keep-alive'], ['Content-Length', String(number === undefined ? 294 : 332 + String(number).length)], ['Content-Type', 'text/xml']],
  sqs: (_context, _answer, body) => [['connection', 'keep-alive'], ['Content-Length', String(Buffer.byteLength(body))], ['Content-Type', 'application/x-amz-json-1.0']],
  states: (_context, _answer, body) => [['connection', 'keep-alive'], ['Content-Length', String(Buffer.byteLength(body))], ['Content-Type', 'application/x-amz-json-1.0']],
};

/** The output with what the SDK knows of the HTTP answer, its members in the order of their names. */
export function withSdkMetadata(context: ServiceContext, service: string, answer: object, output: object): object {
  const requestId = context.randomness.uuid();
  const headers: Headers = [
    ['x-amzn-RequestId', requestId], ['Date', new Date(context.clock.now()).toUTCString()], ...HEADERS[service](context, answer, JSON.stringify(answer)),
  ];
  const members = Object.entries({
    ...output,
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(headers.map(([name, value]) => [name, [value]])),
      HttpHeaders: Object.fromEntries([...headers].sort(([left], [right]) => left.toLowerCase() < right.toLowerCase() ? -1 : 1)),
      HttpStatusCode: (answer as { readonly StatusCode?: number }).StatusCode ?? 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined).sort(([left], [right]) => left < right ? -1 : 1));
}
