import { errorOf } from './aws-failures';
import { callerOf, CALLERS_OVER_HTTP } from './callers';
import { Fault, FaultPlan } from './fault-plan';
import { DueFault, RuleState, RunningRules } from './running-rules';
import { AwsError } from '../kernel/aws-error';
import { ConnectionLostError } from '../kernel/connection-lost-error';
import { Call, Clock, FaultInjection, FaultTime, FaultyAnswer, Permission, SocketPoint, Storage, TraceBus } from '../kernel/contracts';

export interface FaultsOptions {
  readonly clock: Clock;
  readonly trace: TraceBus;
  /** Ends the process without a word. */
  readonly kill: () => void;
}

/** The faults of a run, which may be exchanged, and switched on and off, while it runs. */
export class Faults implements FaultInjection {
  active = false;
  private rules = new RunningRules({ seed: 1, rules: [] });
  private readonly stopped = new AbortController();
  private pauses = 0;

  constructor(private readonly options: FaultsOptions) {}

  /** Takes these rules in place of those before, and counts anew. */
  replace(plan: FaultPlan): void {
    this.rules = new RunningRules(plan);
    this.activate();
  }

  /** Switches one rule on or off, by its name; false when there is none of that name. A rule that is off does not count. */
  enable(name: string, enabled: boolean): boolean {
    const isKnown = this.rules.enable(name, enabled);
    this.activate();
    return isKnown;
  }

  states(): RuleState[] {
    return this.rules.states();
  }

  /** Lets nothing fail during some work. */
  async pauseDuring<Result>(work: () => Promise<Result>): Promise<Result> {
    this.pauses++;
    this.activate();
    try {
      return await work();
    } finally {
      this.pauses--;
      this.activate();
    }
  }

  /** Lets nothing happen any more, and gives up what is to come late. */
  stop(): void {
    this.stopped.abort();
    this.activate();
  }

  async call(call: Call, permissions: readonly Permission[], run: () => unknown): Promise<unknown> {
    const isOverHttp = CALLERS_OVER_HTTP.includes(callerOf(call.principal));
    const due = this.rules.due(({ rule, isCall }) => isCall(call, permissions) && (rule.fault.kind !== 'connection' || isOverHttp));
    if (due.length === 0) {
      return run();
    }
    const what = `${call.service}:${call.operation} by ${callerOf(call.principal)}`;
    const fail = (fault: Fault) => {
      if (fault.kind === 'error') {
        throw errorOf(call.service, fault.failure);
      }
    };
    await this.inject(due, 'before', what, fail);
    const output = await run();
    due.forEach(({ rule: { fault } }) => fault.kind === 'duplicate' && this.runLater(fault.later, run));
    await this.inject(due, 'after', what, fail);
    return output;
  }

  async request<Answer>(url: URL, send: () => Promise<Answer>): Promise<Answer | FaultyAnswer> {
    const due = this.rules.due(({ isHost }) => isHost(url.host));
    const what = `request to ${url.host}`;
    let answer: Answer | FaultyAnswer | undefined;
    const replace = (fault: Fault) => {
      if (fault.kind === 'status') {
        answer = { status: fault.status, statusText: '', headers: {}, body: fault.body, bytes: Buffer.from(fault.body) };
      }
    };
    await this.inject(due, 'before', what, replace);
    answer ??= await send();
    await this.inject(due, 'after', what, replace);
    return answer;
  }

  losesSocket(at: SocketPoint): FaultTime | undefined {
    const [due] = this.rules.due(({ rule: { subject } }) => subject.kind === 'socket' && subject.point === at);
    if (due) {
      this.tell(due, `socket at ${at}`);
    }
    return due?.rule.when;
  }

  /** A storage whose writes are shown to the faults. */
  around(storage: Storage): Storage {
    return {
      takeEntries: () => storage.takeEntries(),
      write: changes => this.active ? this.write(storage, changes) : storage.write(changes),
    };
  }

  private async write(storage: Storage, changes: Parameters<Storage['write']>[0]): Promise<void> {
    const due = this.rules.due(({ rule }) => rule.subject.kind === 'storage');
    await this.inject(due, 'before', 'storage:write', () => {});
    await storage.write(changes);
    await this.inject(due, 'after', 'storage:write', () => {});
  }

  private async inject(due: readonly DueFault[], when: FaultTime, what: string, others: (fault: Fault) => void): Promise<void> {
    for (const each of due) {
      const { fault } = each.rule;
      if (each.rule.when !== when) {
        continue;
      }
      this.tell(each, what);
      switch (fault.kind) {
        case 'delay':
          await this.options.clock.sleep(Math.round(fault.from + each.chance * (fault.to - fault.from)), this.stopped.signal).catch(() => {});
          break;
        case 'connection':
          throw new ConnectionLostError('The connection is lost, as the faults of this run have it.');
        case 'process':
          this.options.kill();
          // Nothing goes on, even where the end takes a moment.
          await new Promise(() => {});
          break;
        default:
          others(fault);
      }
    }
  }

  private runLater(milliseconds: number, run: () => unknown): void {
    const { clock, trace } = this.options;
    clock.sleep(milliseconds, this.stopped.signal).then(run).catch(error => {
      // The first call had an answer; what the second would have been answered, nobody is there to hear.
      if (!this.stopped.signal.aborted && !(error instanceof AwsError)) {
        trace.emit({ kind: 'failure', time: clock.now(), source: 'faults', message: error instanceof Error ? error.stack ?? error.message : String(error) });
      }
    });
  }

  private tell({ rule: { name, fault, when } }: DueFault, what: string): void {
    const { trace, clock } = this.options;
    if (trace.active) {
      trace.emit({ kind: 'fault', time: clock.now(), rule: name, what, fault: describeFault(fault), when });
    }
  }

  private activate(): void {
    this.active = this.pauses === 0 && !this.stopped.signal.aborted && this.rules.active;
  }
}

/** A fault in a few words. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'error': return typeof fault.failure === 'string' ? fault.failure : fault.failure.code;
    case 'status': return `status ${fault.status}`;
    case 'delay': return fault.from === fault.to ? `${fault.from} ms late` : `${fault.from} to ${fault.to} ms late`;
    case 'duplicate': return `once more after ${fault.later} ms`;
    case 'connection': return 'connection lost';
    case 'process': return 'process killed';
  }
}
