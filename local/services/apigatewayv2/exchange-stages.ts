import { Clock, TraceStage } from '../../kernel/contracts';

/** What a request's way through API Gateway shows, stage by stage. An exchange has it only while somebody observes. */
export class ExchangeStages {
  readonly list: TraceStage[] = [];

  constructor(private readonly clock: Clock) {}

  add(name: string, details: Readonly<Record<string, unknown>>): void {
    this.list.push({ name, time: this.clock.now(), details });
  }
}
