import { countCall } from './count-call';
import { expressGigabyteSeconds, MeterReading, pieces } from '../engines/cost';
import { Clock, Operation, Service, ServiceFactory, TraceBus, TraceEntry } from '../kernel/contracts';

/** Counts what AWS would bill, at the door and from the trace. It is there only when somebody asked for it. */
export class Meter {
  private readonly since: number;
  private readonly usage = new Map<string, number>();
  private readonly connectedAt = new Map<string, number>();
  private requests = 0;
  private reactions = 0;

  constructor(private readonly clock: Clock) {
    this.since = clock.now();
  }

  /** The same services, whose operations are counted. */
  around(services: readonly ServiceFactory[]): ServiceFactory[] {
    return services.map(create => context => this.counted(create(context)));
  }

  watch(trace: TraceBus): void {
    trace.subscribe(entry => this.see(entry));
  }

  /** Connections that are open count as far as they have come. */
  read(): MeterReading {
    const now = this.clock.now();
    const usage = new Map(this.usage);
    for (const since of this.connectedAt.values()) {
      usage.set('connectionMinutes', (usage.get('connectionMinutes') ?? 0) + minutes(now - since));
    }
    const sorted = [...usage].sort(([one], [other]) => one < other ? -1 : 1);
    return { since: this.since, now, usage: Object.fromEntries(sorted), requests: this.requests, reactions: this.reactions };
  }

  private counted(service: Service): Service {
    const counted = Object.entries(service.operations).map(([name, operation]) => [name, this.countedOperation(service.name, name, operation)]);
    const operations = Object.fromEntries(counted);
    // The service itself may be an object of a class, which knows more than the contract.
    return Object.defineProperty(service, 'operations', { value: operations, configurable: true, enumerable: true });
  }

  private countedOperation(service: string, name: string, operation: Operation): Operation {
    return {
      permissions: input => operation.permissions(input),
      handle: async (input, call) => {
        const counting = countCall(service, name, input, call.principal);
        let output: unknown;
        try {
          output = await operation.handle(counting.input, call);
        } catch (error) {
          this.addAll(counting.failed(error));
          throw error;
        }
        const counted = counting.after(output);
        this.addAll(counted.usage);
        this.reactions += counted.isReaction ? 1 : 0;
        return counted.output;
      },
    };
  }

  private see(entry: TraceEntry): void {
    switch (entry.kind) {
      case 'connect':
        this.requests++;
        if (entry.outcome === 'ok') {
          this.connectedAt.set(entry.connectionId, entry.time);
        }
        break;
      case 'disconnect': {
        this.requests++;
        const since = this.connectedAt.get(entry.connectionId);
        if (since !== undefined) {
          this.connectedAt.delete(entry.connectionId);
          this.add('connectionMinutes', minutes(entry.time - since));
        }
        break;
      }
      case 'message':
        this.requests++;
        this.add('messages', pieces(entry.bytes, 32) + (entry.answerBytes === undefined ? 0 : pieces(entry.answerBytes, 32)));
        break;
      case 'push':
        this.add('messages', pieces(entry.bytes, 32));
        break;
      case 'request':
        this.add('httpRequests', 1);
        break;
      case 'execution':
        if (entry.startedAt !== undefined && entry.type === 'EXPRESS') {
          this.add('executionGigabyteSeconds', expressGigabyteSeconds(entry.time - entry.startedAt));
          this.add('executions', 1);
        }
        break;
      case 'log':
        this.report(entry.message);
        break;
    }
  }

  /** Lambda itself says what it bills. */
  private report(message: string): void {
    const [, milliseconds, megabytes] = /^REPORT RequestId: .*?Billed Duration: (\d+) ms\s+Memory Size: (\d+) MB/s.exec(message) ?? [];
    if (milliseconds !== undefined) {
      this.add('functionCalls', 1);
      this.add('functionGigabyteSeconds', Number(megabytes) / 1024 * Number(milliseconds) / 1000);
    }
  }

  private addAll(usage: Readonly<Record<string, number>>): void {
    Object.entries(usage).forEach(([meter, amount]) => this.add(meter, amount));
  }

  private add(meter: string, amount: number): void {
    this.usage.set(meter, (this.usage.get(meter) ?? 0) + amount);
  }
}

/** A minute that has begun counts. */
function minutes(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 60_000));
}
