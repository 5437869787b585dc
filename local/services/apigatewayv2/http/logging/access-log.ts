import { ServiceContext } from '../../../../kernel/contracts';
import { LogDelivery } from '../../../../kernel/log-delivery';
import { ownerOf } from '../../../../kernel/owner';
import { compileLogFormat } from '../../logging/log-format';
import { responseTypeOf } from '../../logging/response-type';
import { Answer } from '../answer';
import { HttpExchange } from '../http-exchange';

type VariableReader = (exchange: HttpExchange, answer: Answer, now: number) => unknown;

/** Of the request's context everything can be logged, and this besides. */
const VARIABLES = new Map<string, VariableReader>([
  ['status', (_exchange, { response }) => response.status],
  ['responseLength', (_exchange, { response }) => response.bytes?.length ?? Buffer.byteLength(response.body)],
  ['responseLatency', ({ time }, _answer, now) => now - time],
  ['dataProcessed', ({ bytes }, { response }) => bytes.length + (response.bytes?.length ?? Buffer.byteLength(response.body))],
  ['error.message', (_exchange, { failure }) => failure?.clientMessage],
  ['error.messageString', (_exchange, { failure }) => failure && JSON.stringify(failure.clientMessage)],
  ['error.responseType', (_exchange, { failure }) => failure && responseTypeOf(failure)],
  ...['integrationErrorMessage', 'integration.error'].map((name): [string, VariableReader] => [name, (_exchange, { failure }) => failure?.reason]),
  ...['integrationLatency', 'integration.latency'].map((name): [string, VariableReader] => [name, ({ integration }) => integration?.latency]),
  ...['integrationStatus', 'integration.integrationStatus', 'integration.status'].map((name): [string, VariableReader] => [name, ({ integration }) => integration?.status]),
  ...['awsEndpointRequestId', 'integration.requestId'].map((name): [string, VariableReader] => [name, ({ integration }) => integration?.requestId]),
]);

/** Writes a line for each request of a stage. */
export class HttpAccessLog {
  private readonly delivery: LogDelivery;
  private readonly format: (...facts: Parameters<VariableReader>) => string;

  constructor(private readonly context: ServiceContext, logGroupName: string, format: string) {
    this.format = compileLogFormat(format, variableOf);
    this.delivery = new LogDelivery(context, {
      source: 'execute-api',
      logGroupName,
      logStreamName: context.randomness.bytes(16).toString('hex'),
      createsGroup: true,
      // HTTP APIs log without a role: the account that has the stage lets them.
      principal: () => ownerOf(context.environment),
    });
  }

  /** Makes the group when there is none, so that it can be read before anything happens. */
  prepare(): Promise<void> {
    return this.delivery.createGroup();
  }

  write(exchange: HttpExchange, answer: Answer): void {
    const now = this.context.clock.now();
    this.delivery.write(now, this.format(exchange, answer, now));
  }
}

/** What does not exist has no value: AWS does not refuse it. */
function variableOf(name: string): VariableReader {
  const steps = name.split('.');
  return VARIABLES.get(name) ?? (({ context }) => steps.reduce<unknown>(member, context));
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
