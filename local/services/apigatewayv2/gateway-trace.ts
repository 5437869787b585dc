import { ConnectionEnd } from './connection';
import { ExchangeStages } from './exchange-stages';
import { Exchange, Place } from './pipeline/exchange';
import { Activity, ServiceContext } from '../../kernel/contracts';

/** Tells whoever watches what happens at the gateway. Costs next to nothing when nobody does. */
export class GatewayTrace {
  constructor(private readonly context: Pick<ServiceContext, 'trace' | 'clock'>) {}

  /** Whether somebody wants to see the stages of each request. */
  get detailed(): boolean {
    return this.context.trace.detailed;
  }

  /** A request from outside, whose stages are to be seen. */
  observe(): Observation {
    return new Observation(this.context);
  }

  connect(place: Pick<Place, 'apiId' | 'stage'>, connectionId: string, outcome: string, observation?: Observation): void {
    if (this.context.trace.active) {
      const time = this.context.clock.now();
      this.context.trace.emit({ kind: 'connect', time, api: place.apiId, stage: place.stage, connectionId, outcome, ...observation?.details() }, observation?.activity);
    }
  }

  message({ place, connection, routeKey }: Exchange, bytes: number, outcome: string, answer: string | undefined, observation?: Observation): void {
    if (this.context.trace.active) {
      const time = this.context.clock.now();
      const answered = answer === undefined ? {} : { answerBytes: Buffer.byteLength(answer) };
      this.context.trace.emit({ kind: 'message', time, api: place.apiId, stage: place.stage, connectionId: connection.id, routeKey, bytes, ...answered, outcome, ...observation?.details() }, observation?.activity);
    }
  }

  push(place: Place, connectionId: string, text: string): void {
    if (this.context.trace.active) {
      const bytes = Buffer.byteLength(text);
      const details = this.detailed ? { text } : {};
      this.context.trace.emit({ kind: 'push', time: this.context.clock.now(), api: place.apiId, stage: place.stage, connectionId, bytes, ...details });
    }
  }

  disconnect(place: Place, connectionId: string, { code, reason }: ConnectionEnd, observation?: Observation): void {
    if (this.context.trace.active) {
      const time = this.context.clock.now();
      this.context.trace.emit({ kind: 'disconnect', time, api: place.apiId, stage: place.stage, connectionId, code, reason, ...observation?.details() }, observation?.activity);
    }
  }

  failure(message: string): void {
    this.context.trace.emit({ kind: 'failure', time: this.context.clock.now(), source: 'execute-api', message });
  }
}

/** One request on its way, seen stage by stage. */
export class Observation {
  readonly activity: Activity;
  readonly stages: ExchangeStages;
  private requestId?: string;

  constructor(private readonly context: Pick<ServiceContext, 'trace' | 'clock'>) {
    this.activity = context.trace.begin(true);
    this.stages = new ExchangeStages(context.clock);
  }

  /** Follows an exchange. */
  follow(exchange: Exchange): void {
    this.requestId = exchange.requestId;
    exchange.stages = this.stages;
  }

  /** Runs what is part of the request. */
  within<Result>(work: () => Result): Result {
    return this.context.trace.within(this.activity, work);
  }

  details() {
    return { requestId: this.requestId, stages: this.stages.list };
  }
}
