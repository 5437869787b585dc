import { Answer } from './answer';
import { CompiledHttpRoute } from './compiled-http-route';
import { isPreflight, preflightHeaders, withCors } from './cors';
import { internalServerError, notFound, requestTooLarge } from './failures';
import { HttpApis } from './http-apis';
import { HttpExchange } from './http-exchange';
import { HttpStage } from './http-stage';
import { apiIdOf } from './protocol';
import { HttpRequest, HttpResponse, Principal, ServiceContext } from '../../../kernel/contracts';
import { GatewayFailure, tooManyRequests } from '../gateway-response';
import { Identifiers } from '../identifiers';
import { Place } from '../pipeline/exchange';

const MAXIMUM_REQUEST_BYTES = 10 * 1024 * 1024;

/** The data plane of HTTP APIs: sends requests along the routes. */
export class HttpGateway {
  private readonly identifiers: Identifiers;

  constructor(private readonly context: ServiceContext, private readonly apis: HttpApis) {
    this.identifiers = new Identifiers(context.randomness);
  }

  /** Answers a request, whatever comes. */
  async handle(request: HttpRequest, principal: Principal): Promise<HttpResponse> {
    const requestId = this.identifiers.next();
    const apiId = apiIdOf(request)!;
    const resolved = this.apis.resolve(apiId, request.path);
    if (!resolved) {
      const failure = notFound(`the API ${apiId} has no stage at ${request.path}`);
      this.trace({ apiId, stage: '' }, request, '', { response: responseTo(failure), failure });
      return finished(responseTo(failure), requestId);
    }
    const { stage, path } = resolved;
    const exchange = new HttpExchange({ api: stage.api, place: stage.place, request, path, requestId, time: this.context.clock.now(), principal });
    const answer = await this.answer(stage, exchange);
    this.trace(stage.place, request, exchange.routeKey, answer);
    stage.settings.accessLog?.write(exchange, answer);
    return finished(answer.response, requestId);
  }

  private async answer(stage: HttpStage, exchange: HttpExchange): Promise<Answer> {
    const { cors } = stage.api;
    try {
      const response = await this.run(stage, exchange);
      return { response: isPreflight(exchange) && cors ? response : { ...response, headers: { ...withCors(cors, exchange, response.headers) } } };
    } catch (error) {
      const failure = error instanceof GatewayFailure ? error : this.fault(error);
      const response = responseTo(failure);
      return { response: { ...response, headers: { ...withCors(cors, exchange, response.headers) } }, failure };
    }
  }

  private async run(stage: HttpStage, exchange: HttpExchange): Promise<HttpResponse> {
    const { cors } = stage.api;
    if (exchange.bytes.length > MAXIMUM_REQUEST_BYTES) {
      throw requestTooLarge('the body is larger than 10 MB');
    }
    const selected = stage.select(exchange);
    if (selected) {
      exchange.takenBy(selected.route, selected.variables);
    }
    const isAnswered = cors && isPreflight(exchange);
    if (!selected && !isAnswered) {
      throw notFound(`no route takes ${exchange.method} ${exchange.path}, and there is no $default route`);
    }
    const route = selected && stage.route(selected.route);
    await route?.authorize?.(exchange);
    if (isAnswered || !route) {
      return { status: 204, headers: { ...preflightHeaders(cors!, exchange) }, body: '' };
    }
    if (route.throttle?.take(exchange.time) === false) {
      throw tooManyRequests(`the throttle of the route ${exchange.routeKey} is exhausted`);
    }
    return route.mapResponse(await this.integrate(route, exchange), exchange);
  }

  private async integrate({ backend }: CompiledHttpRoute, exchange: HttpExchange): Promise<HttpResponse> {
    const calledAt = this.context.clock.now();
    const response = await backend(exchange);
    exchange.integration = { status: response.status, latency: this.context.clock.now() - calledAt, requestId: response.headers['x-amzn-requestid'] };
    return response;
  }

  /** A fault of the runtime itself. */
  private fault(error: unknown): GatewayFailure {
    const message = error instanceof Error ? error.stack ?? error.message : String(error);
    this.context.trace.emit({ kind: 'failure', time: this.context.clock.now(), source: 'execute-api', message });
    return internalServerError(message);
  }

  private trace(place: Pick<Place, 'apiId' | 'stage'>, { method, path }: HttpRequest, routeKey: string, { response: { status }, failure }: Answer): void {
    if (this.context.trace.active) {
      const { apiId: api, stage } = place;
      this.context.trace.emit({ kind: 'request', time: this.context.clock.now(), api, stage, method, path, routeKey, status, outcome: failure?.message ?? 'ok' });
    }
  }
}

function responseTo({ status, clientMessage }: GatewayFailure): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: clientMessage }) };
}

function finished(response: HttpResponse, requestId: string): HttpResponse {
  const others = Object.entries(response.headers).filter(([name]) => !/^(apigw-requestid|connection|content-length|keep-alive|transfer-encoding)$/i.test(name));
  const length = response.bytes?.length ?? Buffer.byteLength(response.body);
  const hasBody = response.status !== 204 && response.status !== 304;
  return { ...response, headers: { ...Object.fromEntries(others), ...(hasBody ? { 'content-length': String(length) } : {}), 'apigw-requestid': requestId } };
}
