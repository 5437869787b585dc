import { Apis } from './apis';
import { connectParameters, disconnectParameters, NO_PARAMETERS } from './client-parameters';
import { Connection, ConnectionEnd, ConnectionEvents } from './connection';
import { forbidden, gatewayResponse, internalServerError, tooManyRequests } from './gateway-response';
import { GatewayTrace, Observation } from './gateway-trace';
import { Identifiers } from './identifiers';
import { MAXIMUM_MESSAGE_BYTES } from './pipeline/deliver';
import { ConnectionIdentity, Exchange } from './pipeline/exchange';
import { ACCEPTED, Outcome } from './pipeline/outcome';
import { fail, runPipeline } from './pipeline/pipeline';
import { selectRoute } from './pipeline/select-route';
import { requestContext } from './request-context';
import { Stage } from './stage';
import { Clock, HttpRequest, ServiceContext, UpgradeAccepted, UpgradeRefused, UpgradeRequest, WebSocketAcceptor, WebSocketClient } from '../../kernel/contracts';

const CONNECT = '$connect';
const DISCONNECT = '$disconnect';

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const ABNORMAL: ConnectionEnd = { code: 1006, reason: '' };
const GOING_AWAY: ConnectionEnd = { code: 1001, reason: 'Going away' };

/** What API Gateway says of a close frame without a status. */
const NO_STATUS: ConnectionEnd = { code: 1005, reason: 'Client-side close frame status not set' };

/** The data plane of WebSocket APIs: lets clients in, sends their messages along the routes, and holds their connections. */
export class WebSocketGateway implements WebSocketAcceptor, ConnectionEvents {
  readonly limits = { frameBytes: 32 * 1024, messageBytes: MAXIMUM_MESSAGE_BYTES };
  readonly clock: Clock;
  readonly trace: GatewayTrace;
  private readonly connections = new Map<string, Connection>();
  private readonly identifiers: Identifiers;

  constructor(private readonly context: ServiceContext, private readonly apis: Apis) {
    this.clock = context.clock;
    this.trace = new GatewayTrace(context);
    this.identifiers = new Identifiers(context.randomness);
    apis.onStageDeleted(stage => this.closeAll(connection => connection.stage === stage));
  }

  /** An open connection of a stage; undefined when it has ended, or is only being made. */
  connection(apiId: string, stage: string, id: string): Connection | undefined {
    const connection = this.connections.get(id);
    return connection?.stage.place.apiId === apiId && connection.stage.name === stage ? connection : undefined;
  }

  serves(apiId: string): boolean {
    return this.apis.has(apiId);
  }

  describeApis(): Array<{ apiId: string; stage: string }> {
    return this.apis.stages.map(({ place }) => ({ apiId: place.apiId, stage: place.stage }));
  }

  requiresCredentials({ path }: Pick<HttpRequest, 'path'>): boolean {
    return /^\/[^/]+\/(@|%40)connections(\/|$)/i.test(path);
  }

  /** Runs `$connect`: the client waits, and gets in only if its route lets it. */
  async connect(request: UpgradeRequest): Promise<UpgradeAccepted | UpgradeRefused> {
    const name = /^\/([^/]+)\/?$/.exec(request.path)?.[1];
    const stage = name === undefined ? undefined : this.apis.stage(request.apiId, name);
    if (!stage) {
      this.trace.connect({ apiId: request.apiId, stage: name ?? '' }, '', `Forbidden: the API ${request.apiId} has no stage at ${request.path}`);
      return { accepted: false, status: 403, headers: JSON_HEADERS, body: '{"message":"Forbidden"}' };
    }
    const { place } = stage;
    const time = this.clock.now();
    const identity: ConnectionIdentity = { id: this.identifiers.next(), connectedAt: time, sourceIp: request.sourceIp, userAgent: request.headers['user-agent'] };
    const observation = this.trace.detailed ? this.trace.observe() : undefined;
    observation?.stages.add('Handshake', { path: request.path, query: request.query, headers: request.headers, sourceIp: request.sourceIp });
    const outcome = await this.runReserved(CONNECT, stage, observation, () => new Exchange({
      place,
      eventType: 'CONNECT',
      connection: identity,
      requestId: this.identifiers.next(),
      time,
      body: '',
      parameters: connectParameters(request, place.domainName, time, this.context.randomness),
      authenticate: request.authenticate,
    }));
    const isAccepted = outcome.status >= 200 && outcome.status < 300;
    this.reportFault(outcome);
    this.trace.connect(place, identity.id, outcome.failure ?? (isAccepted ? 'ok' : `refused with the status ${outcome.status}`), observation);
    if (!isAccepted) {
      return { accepted: false, status: outcome.status, headers: { ...JSON_HEADERS, ...outcome.headers }, body: outcome.body ?? '' };
    }
    return {
      accepted: true,
      headers: outcome.headers,
      open: client => this.open(identity, stage, client),
      // The route has run, and so its counterpart has to run as well.
      abandon: () => this.disconnect(identity, stage, ABNORMAL),
    };
  }

  message(connection: Connection, text: string, bytes: number): void {
    const exchange = new Exchange({
      place: connection.stage.place,
      eventType: 'MESSAGE',
      connection: connection.identity,
      requestId: this.identifiers.next(),
      messageId: this.identifiers.next(),
      time: connection.lastActiveAt,
      body: text,
      parameters: NO_PARAMETERS,
    });
    exchange.log = connection.stage.settings.logging?.begin();
    const observation = this.trace.detailed ? this.trace.observe() : undefined;
    if (observation) {
      observation.follow(exchange);
      observation.stages.add('Frame', { connectionId: connection.identity.id, bytes, text });
    }
    if (!connection.begin(bytes)) {
      this.answer(connection, exchange, bytes, fail(exchange, tooManyRequests('too many messages of the connection wait for their integrations')), observation);
      return;
    }
    const finish = (outcome: Outcome) => {
      connection.finish(bytes);
      this.answer(connection, exchange, bytes, outcome, observation);
    };
    const outcome = observation ? observation.within(() => this.runMessage(connection.stage, exchange)) : this.runMessage(connection.stage, exchange);
    if (outcome instanceof Promise) {
      outcome.then(finish).catch(error => this.trace.failure(String(error)));
    } else {
      finish(outcome);
    }
  }

  ended(connection: Connection): void {
    this.connections.delete(connection.identity.id);
  }

  closed(connection: Connection, end: ConnectionEnd): void {
    this.disconnect(connection.identity, connection.stage, end.code === NO_STATUS.code ? NO_STATUS : end);
  }

  /** Ends every connection. */
  stop(): void {
    this.closeAll(() => true);
  }

  private closeAll(concerns: (connection: Connection) => boolean): void {
    [...this.connections.values()].filter(concerns).forEach(connection => connection.close(GOING_AWAY));
  }

  private open(identity: ConnectionIdentity, stage: Stage, client: WebSocketClient): Connection {
    const connection = new Connection(identity, stage, client, this);
    this.connections.set(identity.id, connection);
    return connection;
  }

  private runMessage(stage: Stage, exchange: Exchange): Outcome | Promise<Outcome> {
    try {
      const key = selectRoute(exchange, stage.routeSelection, each => stage.hasRoute(each));
      exchange.stages?.add('Route selection', {
        expression: stage.api.routeSelectionExpression,
        value: exchange.json() === undefined ? undefined : stage.routeSelection.evaluate(exchange),
        routeKey: key,
      });
      if (key === undefined) {
        throw forbidden('no route takes the message, and there is no $default route');
      }
      exchange.routeKey = key;
      exchange.context = requestContext(exchange);
      return runPipeline(stage.route(key), exchange);
    } catch (error) {
      return fail(exchange, error);
    }
  }

  /** Runs `$connect` or `$disconnect`; without such a route there is nothing to run. */
  private runReserved(key: string, stage: Stage, observation: Observation | undefined, begin: () => Exchange): Outcome | Promise<Outcome> {
    const isRouted = stage.hasRoute(key);
    const { logging } = stage.settings;
    if (!isRouted && !logging) {
      return ACCEPTED;
    }
    const exchange = begin();
    exchange.routeKey = key;
    exchange.context = requestContext(exchange);
    exchange.log = logging?.begin();
    observation?.follow(exchange);
    const run = () => isRouted ? this.runRoute(stage, exchange) : ACCEPTED;
    const outcome = observation ? observation.within(run) : run();
    return outcome instanceof Promise ? outcome.then(end => finishLog(exchange, end)) : finishLog(exchange, outcome);
  }

  private runRoute(stage: Stage, exchange: Exchange): Outcome | Promise<Outcome> {
    try {
      return runPipeline(stage.route(exchange.routeKey), exchange);
    } catch (error) {
      return fail(exchange, error);
    }
  }

  private answer(connection: Connection, exchange: Exchange, bytes: number, outcome: Outcome, observation: Observation | undefined): void {
    this.reportFault(outcome);
    finishLog(exchange, outcome);
    const notSent = this.send(connection, exchange, outcome);
    observation?.stages.add('Frame to the client', outcome.body === undefined ? { sent: false, why: 'The route does not answer.' } : { sent: notSent === undefined, why: notSent, text: outcome.body });
    this.trace.message(exchange, bytes, notSent ?? outcome.failure ?? 'ok', notSent === undefined ? outcome.body : undefined, observation);
  }

  /** Sends the client what it gets; tells when it does not get it. */
  private send(connection: Connection, exchange: Exchange, { body }: Outcome): string | undefined {
    if (body === undefined) {
      return undefined;
    }
    switch (connection.send(body)) {
      case 'too long': {
        const failure = internalServerError('the answer is longer than 128 KB');
        connection.send(gatewayResponse(failure.clientMessage, exchange.connection.id, exchange.requestId));
        return failure.message;
      }
      case 'buffer full':
        return 'the answer is dropped: the client does not read what it is sent';
      case 'gone':
        return 'the answer is dropped: the connection has ended';
      default:
        return undefined;
    }
  }

  private disconnect(identity: ConnectionIdentity, stage: Stage, end: ConnectionEnd): void {
    const { place } = stage;
    const observation = this.trace.detailed ? this.trace.observe() : undefined;
    if (!observation) {
      this.trace.disconnect(place, identity.id, end);
    }
    const outcome = this.runReserved(DISCONNECT, stage, observation, () => new Exchange({
      place,
      eventType: 'DISCONNECT',
      connection: identity,
      requestId: this.identifiers.next(),
      time: this.clock.now(),
      body: '',
      parameters: disconnectParameters(place.domainName),
      end,
    }));
    const report = ({ failure, fault }: Outcome) => {
      if (observation) {
        this.trace.disconnect(place, identity.id, end, observation);
      }
      if (failure !== undefined) {
        this.trace.failure(`The $disconnect route of the connection ${identity.id} failed: ${fault ?? failure}`);
      }
    };
    Promise.resolve(outcome).then(report, error => this.trace.failure(String(error)));
  }

  private reportFault({ fault }: Outcome): void {
    if (fault !== undefined) {
      this.trace.failure(fault);
    }
  }
}

function finishLog(exchange: Exchange, outcome: Outcome): Outcome {
  return exchange.log?.finish(exchange, outcome) ?? outcome;
}
