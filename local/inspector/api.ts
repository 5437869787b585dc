import { Standing, topologyOf } from './topology';
import { TraceLog } from './trace-log';
import { whoTakes } from './who-takes';
import { CostReport, UnknownRegionError } from '../engines/cost';
import { explainEventPattern, InvalidEventPatternError } from '../engines/event-pattern';
import { FaultFileError } from '../faults/fault-file-error';
import { describeFault, Faults } from '../faults/faults';
import { parseFaults } from '../faults/read-faults';
import { AwsError } from '../kernel/aws-error';
import { Kernel } from '../kernel/kernel';
import { MovableClock } from '../kernel/movable-clock';
import { ownerOf } from '../kernel/owner';

/** No further at once: what polls would poll through all of it. */
const MOST_MILLISECONDS = 31 * 24 * 60 * 60 * 1000;

export interface InspectorApiOptions {
  readonly kernel: Kernel;
  readonly clock: MovableClock;
  readonly faults: Faults;
  readonly log: TraceLog;
  /** What AWS would bill for it all, in a region. */
  readonly bill: (region?: string) => CostReport;
  readonly describeApis: () => readonly object[];
  readonly resources: () => readonly Standing[];
  readonly replay: (message: { api: string; stage: string; connectionId: string; text: string }) => boolean;
}

/** An answer: its body is JSON, or a value to be made JSON of. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What the inspector's page, and the commands that look into a runtime, ask of it. */
export class InspectorApi {
  private readonly actions: Readonly<Record<string, (input: any) => unknown>> = {
    'GET state': () => this.state(),
    'GET trace': ({ id }) => this.story(String(id)),
    'POST call': input => this.invoke(input),
    'POST match': ({ pattern, event }) => explainEventPattern(textOf(pattern, 'pattern'), event),
    'POST why': ({ bus, event }) => whoTakes((service, operation, input) => this.invoke({ service, operation, input, onlyLooks: true }), textOf(bus, 'bus'), event),
    'POST replay': ({ api, stage, connectionId, text }) => this.replay({ api: textOf(api, 'api'), stage: textOf(stage, 'stage'), connectionId: textOf(connectionId, 'connectionId'), text: textOf(text, 'text') }),
    'POST clock': ({ advance }) => this.advance(advance),
    'GET bill': ({ region }) => this.options.bill(region),
    'GET faults': () => this.faults(),
    'POST faults': ({ text }) => this.replaceFaults(textOf(text, 'text')),
    'POST fault': ({ name, enabled }) => this.enableFault(textOf(name, 'name'), enabled === true),
    'POST clear': () => this.options.log.clear(),
  };

  constructor(private readonly options: InspectorApiOptions) {}

  async call(method: string, name: string, input: unknown): Promise<ApiAnswer> {
    const key = `${method} ${name}`;
    if (!Object.hasOwn(this.actions, key)) {
      return { status: 404, body: { message: `The inspector has no ${key}.` } };
    }
    try {
      return { status: 200, body: await this.actions[key](Object(input)) ?? {} };
    } catch (error) {
      return failed(error);
    }
  }

  private state() {
    const { kernel, clock, describeApis, resources } = this.options;
    return {
      endpoint: kernel.endpoint(),
      now: clock.now(),
      ahead: clock.ahead,
      apis: describeApis(),
      stacks: kernel.stacks().map(({ name, outputs }) => ({ name, outputs })),
      topology: topologyOf(resources()),
    };
  }

  /** As text already: it is kept as such. */
  private story(id: string): string {
    const records = this.options.log.story(id);
    if (records.length === 0) {
      throw new AwsError('NotFound', `Nothing with the identifier ${id} is kept. An answer tells it as requestId, \`lambdaless send\` and PutEvents tell that of an event, and \`lambdaless tail --json\` the sequence of everything.`, 404);
    }
    return `[${records.map(({ json }) => json).join(',')}]`;
  }

  /** Calls an operation as the account's owner; what only looks leaves no trace. */
  private invoke({ service, operation, input, onlyLooks }: { service: unknown; operation: unknown; input: unknown; onlyLooks?: boolean }): Promise<unknown> {
    const { kernel } = this.options;
    const call = { principal: ownerOf(kernel.environment), service: textOf(service, 'service'), operation: textOf(operation, 'operation'), input: Object(input) };
    return onlyLooks ? kernel.trace.idly(() => kernel.invoke(call)) : kernel.invoke(call);
  }

  private replay(message: Parameters<InspectorApiOptions['replay']>[0]) {
    if (!this.options.replay(message)) {
      throw new AwsError('GoneException', `The connection ${message.connectionId} has ended: open another one, and send the message there.`, 410);
    }
  }

  private faults() {
    return this.options.faults.states().map(({ rule, ...state }) => ({ name: rule.name, fault: describeFault(rule.fault), rule, ...state }));
  }

  private replaceFaults(text: string) {
    this.options.faults.replace(parseFaults(text, 'the faults', this.options.kernel.services));
    return this.faults();
  }

  private enableFault(name: string, enabled: boolean) {
    if (!this.options.faults.enable(name, enabled)) {
      throw new AwsError('NotFound', `No fault has the name ${name}.`, 404);
    }
    return this.faults();
  }

  private async advance(milliseconds: unknown) {
    if (typeof milliseconds !== 'number' || !(milliseconds > 0) || milliseconds > MOST_MILLISECONDS) {
      throw new AwsError('ValidationException', `Time moves forward by 1 to ${MOST_MILLISECONDS} milliseconds; received ${JSON.stringify(milliseconds)}.`);
    }
    const { clock } = this.options;
    await clock.advance(milliseconds);
    return { now: clock.now(), ahead: clock.ahead };
  }
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string') {
    throw new AwsError('ValidationException', `${name} has to be a text; received ${JSON.stringify(value)}.`);
  }
  return value;
}

function failed(error: unknown): ApiAnswer {
  if (error instanceof AwsError) {
    return { status: error.status, body: { code: error.code, message: error.message } };
  }
  if (error instanceof InvalidEventPatternError) {
    return { status: 400, body: { code: 'InvalidEventPatternException', message: error.message } };
  }
  if (error instanceof FaultFileError || error instanceof UnknownRegionError) {
    return { status: 400, body: { code: 'ValidationException', message: error.message } };
  }
  return { status: 500, body: { code: 'InternalFailure', message: error instanceof Error ? error.message : String(error) } };
}
