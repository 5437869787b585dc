import { ConnectionEnd } from './connection';
import { Exchange, Place } from './pipeline/exchange';
import { ServiceContext } from '../../kernel/contracts';

/** Tells whoever watches what happens at the gateway. Costs next to nothing when nobody does. */
export class GatewayTrace {
  constructor(private readonly context: Pick<ServiceContext, 'trace' | 'clock'>) {}

  connect(place: Pick<Place, 'apiId' | 'stage'>, connectionId: string, outcome: string): void {
    if (this.context.trace.active) {
      this.context.trace.emit({ kind: 'connect', time: this.context.clock.now(), api: place.apiId, stage: place.stage, connectionId, outcome });
    }
  }

  message({ place, connection, routeKey }: Exchange, bytes: number, outcome: string): void {
    if (this.context.trace.active) {
      const time = this.context.clock.now();
      this.context.trace.emit({ kind: 'message', time, api: place.apiId, stage: place.stage, connectionId: connection.id, routeKey, bytes, outcome });
    }
  }

  push(place: Place, connectionId: string, text: string): void {
    if (this.context.trace.active) {
      const bytes = Buffer.byteLength(text);
      this.context.trace.emit({ kind: 'push', time: this.context.clock.now(), api: place.apiId, stage: place.stage, connectionId, bytes });
    }
  }

  disconnect(place: Place, connectionId: string, { code, reason }: ConnectionEnd): void {
    if (this.context.trace.active) {
      this.context.trace.emit({ kind: 'disconnect', time: this.context.clock.now(), api: place.apiId, stage: place.stage, connectionId, code, reason });
    }
  }

  failure(message: string): void {
    this.context.trace.emit({ kind: 'failure', time: this.context.clock.now(), source: 'execute-api', message });
  }
}
