import { Clock, HttpResponse } from '../../../kernel/contracts';
import { Exchange, ExchangeRecorder } from '../pipeline/exchange';
import { IntegrationRequest } from '../pipeline/integration-request';
import { Outcome } from '../pipeline/outcome';
import { requestContext } from '../request-context';

/** What is written once it is known what became of an exchange. */
export type WriteLog = (exchange: Exchange, log: ExchangeLog, outcome: Outcome) => void;

/** Takes down what happens to one exchange. Only exchanges of a stage that logs have one. */
export class ExchangeLog implements ExchangeRecorder {
  uri = '';
  request?: IntegrationRequest;
  response?: HttpResponse;
  integrationError?: string;
  private calledAt = 0;
  private answeredAt?: number;

  constructor(private readonly clock: Clock, private readonly write: WriteLog) {}

  get integrationLatency(): number | undefined {
    return this.answeredAt === undefined ? undefined : this.answeredAt - this.calledAt;
  }

  /** The identifier that the AWS service behind the integration gave the call. */
  get integrationRequestId(): string | undefined {
    return this.response?.headers['x-amzn-requestid'];
  }

  integrate(uri: string, request: IntegrationRequest, call: () => HttpResponse | Promise<HttpResponse>): HttpResponse | Promise<HttpResponse> {
    this.uri = uri;
    this.request = request;
    this.calledAt = this.clock.now();
    const answer = call();
    return answer instanceof Promise ? answer.then(response => this.answered(response), error => this.failed(error)) : this.answered(answer);
  }

  finish(exchange: Exchange, outcome: Outcome): Outcome {
    if (exchange.routeKey === '') {
      exchange.context = requestContext(exchange);
    }
    this.write(exchange, this, outcome);
    return outcome;
  }

  private answered(response: HttpResponse): HttpResponse {
    this.answeredAt = this.clock.now();
    this.response = response;
    return response;
  }

  private failed(error: unknown): never {
    this.answeredAt = this.clock.now();
    this.integrationError = error instanceof Error ? error.message : String(error);
    throw error;
  }
}
