import { costPage } from './cost/cost-page';
import { Meter } from './cost/meter';
import { readPriceTable } from './cost/price-table';
import { localUrl } from './endpoint-url';
import { costReport, MeterReading } from './engines/cost';
import { Faults } from './faults/faults';
import { parseFaults, readFaultFile } from './faults/read-faults';
import { InspectorApi, InspectorApiOptions } from './inspector/api';
import { Inspector, INSPECTOR_PATH } from './inspector/inspector';
import { TraceLog } from './inspector/trace-log';
import { systemClock } from './kernel/clock';
import { Clock, ProvisionedStack, ServiceFactory, TraceBus } from './kernel/contracts';
import { ResourceChange } from './kernel/deployed-stack';
import { Deployment } from './kernel/deployment';
import { environmentOf } from './kernel/environment';
import { Kernel } from './kernel/kernel';
import { MovableClock } from './kernel/movable-clock';
import { ownerOf } from './kernel/owner';
import { systemRandomness } from './kernel/randomness';
import { StackTemplate } from './kernel/template';
import { Trace } from './kernel/trace';
import { Tolerance } from './kernel/unsupported-resource';
import { apigatewayv2, ExecuteApi, RunningApi } from './services/apigatewayv2';
import { cloudformation } from './services/cloudformation';
import { dynamodb } from './services/dynamodb';
import { events } from './services/events';
import { iam } from './services/iam';
import { kinesis } from './services/kinesis';
import { lambda } from './services/lambda';
import { logs } from './services/logs';
import { pipes } from './services/pipes';
import { scheduler } from './services/scheduler';
import { sns } from './services/sns';
import { sqs } from './services/sqs';
import { states } from './services/states';
import { sts } from './services/sts';
import { LevelStorage } from './storage/level-storage';
import { Listener } from './wire/listener';

export type { RunningApi };

/** The one list of services. */
export const SERVICES: readonly ServiceFactory[] = [
  sts, cloudformation, iam, logs, dynamodb, sqs, sns, kinesis, events, pipes, scheduler, states, lambda, apigatewayv2,
];

export interface RuntimeOptions {
  readonly stacks: readonly StackTemplate[];
  /** 0 takes a free port. */
  readonly port: number;
  /** Of web pages that may call services, beside those of this machine. */
  readonly allowedOrigins?: readonly string[];
  /** What is emulated; all of it by default. */
  readonly services?: readonly ServiceFactory[];
  /** The directory that keeps tables across restarts. Without one they end with the runtime. */
  readonly data?: string;
  /** A file of faults that are to happen. */
  readonly faults?: string;
  /** Time; that of this machine by default. */
  readonly clock?: Clock;
  /** Called with the trace before anything happens, so that nothing is missed. */
  readonly watch?: (trace: TraceBus) => void;
  /** Which resources may be left out; without it, one that cannot be made stops the start. */
  readonly tolerate?: Tolerance;
  /** Counts what AWS would bill, which makes every call a little slower. */
  readonly cost?: boolean;
  /** Serves the inspector, and lets time be moved. Everything costs more then: every stage of it is kept. */
  readonly inspect?: boolean | InspectSettings;
}

export interface InspectSettings {
  /** Where the files of the page are; beside the command by default. */
  readonly pageDirectory?: string;
}

/** A runtime that listens. */
export interface Runtime {
  readonly endpoint: string;
  readonly apis: readonly RunningApi[];
  readonly stacks: readonly ProvisionedStack[];
  /** The faults that happen, which may be exchanged, and switched on and off, while it runs. */
  readonly faults: Faults;
  /** What AWS would have billed so far, when it is counted. */
  readonly meterReading?: MeterReading;
  /** Where the inspector is, when it is served. */
  readonly inspectorUrl?: string;
  /** Takes the rules of a file of faults, by its text, in place of those before. */
  replaceFaults(text: string): void;
  /** Calls an operation as the owner of the account. */
  call(service: string, operation: string, input: unknown): Promise<unknown>;
  /** Changes what runs into what these templates declare, and tells what became of which resource. */
  update(stacks: readonly StackTemplate[]): Promise<ResourceChange[]>;
  stop(): Promise<void>;
}

/** Provisions the stacks and listens: the composition root. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const storage = options.data === undefined ? undefined : await LevelStorage.open(options.data);
  try {
    return await start(options, storage);
  } catch (error) {
    await storage?.close();
    throw error;
  }
}

async function start(options: RuntimeOptions, storage?: LevelStorage): Promise<Runtime> {
  let endpoint = '';
  const trace = new Trace();
  options.watch?.(trace);
  const movable = !options.inspect ? undefined : options.clock instanceof MovableClock ? options.clock : new MovableClock(options.clock);
  const clock = movable ?? options.clock ?? systemClock;
  const meter = options.cost || options.inspect ? new Meter(clock) : undefined;
  meter?.watch(trace);
  const faults = new Faults({ clock, trace, kill: () => process.kill(process.pid, 'SIGKILL') });
  const kernel: Kernel = new Kernel({
    services: meter ? meter.around(options.services ?? SERVICES) : options.services ?? SERVICES,
    clock,
    randomness: systemRandomness,
    storage: storage && faults.around(storage),
    trace,
    faults,
    endpoint: () => endpoint,
    environment: environmentOf(options.stacks[0]),
    localValue: text => localUrl(text, describeApis(), endpoint),
  });
  const describeApis = () => (kernel.service('execute-api') as ExecuteApi).describeApis();
  if (options.faults !== undefined) {
    faults.replace(readFaultFile(options.faults, kernel.services));
  }
  // The address comes first: a queue's URL is part of the template's values.
  const deployment = new Deployment(kernel, options.tolerate);
  // CloudFormation tries again until it comes through.
  const deploy = (stacks: readonly StackTemplate[]) => faults.pauseDuring(() => deployment.deploy(stacks));
  const log = new TraceLog();
  const bill = (region?: string) => costReport(meter!.read(), readPriceTable(), { region });
  const inspector = movable && inspect({ kernel, deployment, clock: movable, log, faults, bill }, options.inspect);
  const pages = meter ? costPage(meter, inspector?.handle) : inspector?.handle;
  const listener = new Listener({ kernel, ...kernel.environment, allowedOrigins: options.allowedOrigins, pages });
  listener.hold();
  endpoint = `http://127.0.0.1:${await listener.listen(options.port)}`;
  try {
    await deploy(options.stacks);
  } catch (error) {
    await listener.close();
    throw error;
  }
  if (inspector) {
    log.observe(trace);
  }
  listener.release();
  return {
    endpoint,
    get apis() {
      return describeApis();
    },
    get stacks() {
      return kernel.stacks();
    },
    faults,
    replaceFaults: text => faults.replace(parseFaults(text, 'the faults', kernel.services)),
    get meterReading() {
      return options.cost ? meter?.read() : undefined;
    },
    inspectorUrl: inspector && `${endpoint}${INSPECTOR_PATH}/`,
    call: (service, operation, input) => kernel.invoke({ principal: ownerOf(kernel.environment), service, operation, input }),
    update: deploy,
    stop: async () => {
      await listener.close();
      faults.stop();
      for (const service of kernel.services) {
        await service.stop?.();
      }
      await storage?.close();
    },
  };
}

interface Inspected extends Pick<InspectorApiOptions, 'kernel' | 'clock' | 'log' | 'faults' | 'bill'> {
  readonly deployment: Deployment;
}

function inspect({ deployment, ...inspected }: Inspected, settings: RuntimeOptions['inspect']): Inspector {
  const { kernel, log } = inspected;
  const gateway = () => kernel.service('execute-api') as ExecuteApi;
  const api = new InspectorApi({
    ...inspected, describeApis: () => gateway().describeApis(), resources: () => deployment.resources, replay: message => gateway().replay(message),
  });
  return new Inspector({ log, api, port: () => Number(new URL(kernel.endpoint()).port), ...typeof settings === 'object' ? settings : {} });
}
