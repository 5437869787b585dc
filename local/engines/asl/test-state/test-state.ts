/** TestState: runs one state by itself and tells what came of it. */
import { compileDefinition, parseDefinition, throwProblems } from '../definition';
import { DefinitionNode } from '../definition-node';
import { applyCatcher, matches, retryDelaySeconds, toFault } from '../error-handling';
import { ExecutionStopped, StateFault, StatesError } from '../errors';
import { Branch, Execution } from '../execution';
import { ExecutionHost } from '../host';
import { Inspection } from '../inspection';
import { JsonObject, isObject } from '../json';
import { Visit, CompiledState } from '../state';
import { VariableScope } from '../variables';
import { TestMock, readMock } from './mock';
import { TestStateError, TestStateRequest, TestStateResponse, invalid, parseText } from './test-state-request';

const STATE_NAME = 'StateName';

/** Where the tested state pretends to run. */
export interface TestStateEnvironment {
  readonly host: ExecutionHost;
  readonly region: string;
  readonly account: string;
}

/**
 * Tests a state.
 * @throws TestStateError, InvalidDefinitionError or UnsupportedDefinitionError when there is nothing to run
 */
export async function testState(request: TestStateRequest, environment: TestStateEnvironment): Promise<TestStateResponse> {
  const { state, node } = findState(request);
  const mock = readMock(request, state, node);
  if (state.type === 'Task' && !mock && request.roleArn === undefined) throw invalid('RoleArn must be specified when testing a Task state');
  const visit = startVisit(request, state, environment, mock);
  const run = new TestRun(request, visit);
  try {
    await state.run(visit);
    return run.succeeded();
  } catch (error) {
    return await run.failed(error);
  } finally {
    visit.branch.execution.end();
  }
}

function findState({ definition, stateName }: TestStateRequest): { state: CompiledState; node: DefinitionNode } {
  if (stateName === '') throw invalid('Invalid length for parameter stateName, value: 0, valid min length: 1');
  const document = parseDefinition(definition);
  const isMachine = Object.hasOwn(document, 'States');
  if (isMachine && stateName === undefined) throw invalid('StateName must be specified when the definition is that of a state machine');
  const { node: machine } = compileDefinition(isMachine ? document : { StartAt: STATE_NAME, States: { [STATE_NAME]: document } }, true);
  throwProblems(machine);
  const { states, nodes } = machine.compilation;
  const name = isMachine ? stateName! : STATE_NAME;
  const state = states.get(name);
  const node = nodes.get(name);
  if (!state || !node) throw invalid('State not found in definition');
  return { state, node };
}

function startVisit(request: TestStateRequest, state: CompiledState, { host, region, account }: TestStateEnvironment, mock: TestMock | undefined): Visit {
  const input = parseText(request.input ?? '{}', new TestStateError('InvalidExecutionInput', 'Invalid State Machine Execution Input'));
  const machine = host.uuid();
  const name = host.uuid();
  const arn = `arn:aws:states:${region}:${account}`;
  const execution = new Execution(
    { ...withMethods(host), ...(mock && { task: async () => mock.task() }), record: undefined },
    {
      input,
      type: 'EXPRESS',
      context: {
        Execution: { Id: `${arn}:express:${machine}:${name}`, Name: name, RoleArn: request.roleArn, StartTime: new Date(host.now()).toISOString() },
        StateMachine: { Id: `${arn}:stateMachine:${machine}`, Name: machine },
      },
    },
  );
  const branch = new Branch(execution, variablesOf(request), execution.cancellation);
  const visit = new TestVisit(branch, state, input, request.context);
  visit.inspection = { input };
  visit.mock = mock;
  return visit;
}

// A host may be an instance of a class, whose methods a plain copy would lose.
function withMethods(host: ExecutionHost): ExecutionHost {
  return {
    task: async request => host.task(request),
    now: () => host.now(),
    schedule: (milliseconds, callback) => host.schedule(milliseconds, callback),
    random: () => host.random(),
    uuid: () => host.uuid(),
  };
}

function variablesOf({ variables }: TestStateRequest): VariableScope {
  const scope = new VariableScope();
  if (variables === undefined) return scope;
  const values = parseText(variables, invalid('Variables must be valid JSON'));
  if (!isObject(values)) throw invalid('Variables must be a JSON object');
  scope.assign(new Map(Object.entries(values)));
  return scope;
}

/** A visit whose context object may come with the request. */
class TestVisit extends Visit {
  private readonly given?: JsonObject;

  constructor(branch: Branch, state: CompiledState, input: unknown, context: string | undefined) {
    super(branch, state, input, 0);
    const given = context === undefined ? undefined : parseText(context, invalid('Context must be valid JSON'));
    if (given !== undefined && !isObject(given)) throw invalid('Context must be a JSON object');
    this.given = given;
  }

  override get context(): JsonObject {
    return this.given ?? super.context;
  }

  override contextMember(name: string): unknown {
    if (!this.given) return super.contextMember(name);
    return Object.hasOwn(this.given, name) ? this.given[name] : undefined;
  }
}

/** Puts the answer together. */
class TestRun {
  constructor(private readonly request: TestStateRequest, private readonly visit: Visit) {}

  succeeded(): TestStateResponse {
    return { status: 'SUCCEEDED', output: JSON.stringify(this.visit.output), ...this.nextState(), ...this.inspectionData() };
  }

  async failed(thrown: unknown): Promise<TestStateResponse> {
    const failure = failureOf(thrown);
    const { retriers = [], catchers = [] } = this.visit.state.errorHandling ?? {};
    const error = { ...(failure.error !== undefined && { error: failure.error }), ...(failure.cause !== undefined && { cause: failure.cause }) };

    const retryIndex = retriers.findIndex(({ errorEquals }) => matches(errorEquals, failure));
    const retryCount = this.request.stateConfiguration?.retrierRetryCount ?? 0;
    if (retryIndex >= 0 && retryCount < retriers[retryIndex].maxAttempts) {
      const seconds = retryDelaySeconds(retriers[retryIndex], retryCount, () => this.visit.host.random());
      return { status: 'RETRIABLE', ...error, ...this.inspectionData({ retryIndex, retryBackoffIntervalSeconds: Math.floor(seconds) }) };
    }

    const catchIndex = catchers.findIndex(({ errorEquals }) => matches(errorEquals, failure));
    if (catchIndex < 0) return { status: 'FAILED', ...error, ...this.inspectionData() };
    try {
      await applyCatcher(this.visit, catchers[catchIndex], failure);
    } catch (problem) {
      const { error: name, cause } = failureOf(problem);
      return { status: 'FAILED', error: name, cause, ...this.inspectionData() };
    }
    return { status: 'CAUGHT_ERROR', output: JSON.stringify(this.visit.output), ...error, ...this.nextState(), ...this.inspectionData({ catchIndex }) };
  }

  private nextState(): { nextState?: string } {
    const { next } = this.visit;
    return next ? { nextState: next.name } : {};
  }

  private inspectionData(errorDetails?: object): { inspectionData?: Readonly<Record<string, unknown>> } {
    const { inspectionLevel } = this.request;
    if (inspectionLevel !== 'DEBUG' && inspectionLevel !== 'TRACE') return {};
    const data: Record<string, unknown> = {};
    for (const [step, value] of Object.entries(this.visit.inspection as Inspection)) {
      data[step] = LIMITS.has(step) ? value : JSON.stringify(value);
    }
    const variables = this.visit.branch.variables.visible();
    if (variables.size > 0) data.variables = JSON.stringify(Object.fromEntries(variables));
    if (errorDetails) data.errorDetails = errorDetails;
    return { inspectionData: data };
  }
}

const LIMITS: ReadonlySet<string> = new Set(['maxConcurrency', 'toleratedFailureCount', 'toleratedFailurePercentage']);

/** The failure as TestState words it: without the place in a history. */
function failureOf(thrown: unknown): StatesError {
  if (thrown instanceof ExecutionStopped) return new StatesError('States.Timeout');
  if (thrown instanceof StatesError && !(thrown instanceof StateFault)) return thrown;
  const fault = toFault(thrown);
  return new StatesError(fault.error, fault.reason);
}
