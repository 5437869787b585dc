/** Mocks of TestState: what takes the place of a service, of branches or of iterations. */
import { DefinitionNode } from '../definition-node';
import { StatesError } from '../errors';
import { FailureLimits, StateMock } from '../inspection';
import { CompiledState, StateType } from '../state';
import { mismatch, resultShape } from './mock-result-shapes';
import { TestStateError, TestStateRequest, invalid, parseText } from './test-state-request';
import { exceedsLimits, toleranceExceeded } from '../states/distributed-iteration';

const WITHOUT_MOCK: ReadonlySet<StateType> = new Set(['Pass', 'Succeed', 'Fail']);
const ONLY_MOCKED: ReadonlySet<StateType> = new Set(['Map', 'Parallel']);

/** The mock of a request, checked against the state; undefined when the request has none. */
export function readMock(request: TestStateRequest, { type }: CompiledState, node: DefinitionNode): TestMock | undefined {
  const { mock, revealSecrets, stateConfiguration } = request;
  if (!mock) {
    if (stateConfiguration?.mapIterationFailureCount !== undefined) throw invalid('TestState does not support MapIterationFailureCount when a mock is not specified.');
    if (ONLY_MOCKED.has(type)) {
      throw new TestStateError('InvalidDefinition', 'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]');
    }
    return undefined;
  }
  if (WITHOUT_MOCK.has(type)) throw invalid(`State type '${type}' is not supported when a mock is specified`);
  if (revealSecrets) throw invalid('TestState does not support RevealSecrets when a mock is specified.');
  if (mock.result !== undefined && mock.errorOutput) throw invalid('A test mock should have only one of the following fields: [result, errorOutput].');
  const result = mock.result === undefined ? undefined : parseText(mock.result, invalid('Mocked result must be valid JSON'));
  if (mock.result !== undefined) checkResult(result, request, type, node);
  return new TestMock(request, result, node);
}

function checkResult(result: unknown, { mock }: TestStateRequest, type: StateType, node: DefinitionNode): void {
  if (type === 'Map') {
    const isWritten = node.has('ResultWriter');
    if (isWritten && (typeof result !== 'object' || result === null || Array.isArray(result))) throw invalid('Mocked result must be a JSON object.');
    if (!isWritten && !Array.isArray(result)) throw invalid('Mocked result must be an array.');
  } else if (type === 'Parallel') {
    if (!Array.isArray(result)) throw invalid('Mocked result must be an array.');
    if (result.length !== node.objects('Branches').length) throw invalid('Mocked result must contain the same number of items as number of Parallel branches.');
  } else if (type === 'Task' && mock?.fieldValidationMode !== 'NONE') {
    const shape = resultShape(String(node.value('Resource')));
    const problem = shape && mismatch(result, shape, mock?.fieldValidationMode !== 'PRESENT');
    if (problem !== undefined) throw invalid(`Mock result schema validation error: ${problem}`);
  }
}

/** A mock at work. */
export class TestMock implements StateMock {
  readonly items?: readonly unknown[];

  constructor(private readonly request: TestStateRequest, private readonly result: unknown, node: DefinitionNode) {
    if (node.has('ItemReader')) this.items = this.readItems();
  }

  /** What the mocked task comes to. */
  task(): unknown {
    const failure = this.request.mock?.errorOutput;
    if (failure) throw new StatesError(failure.error, failure.cause);
    return this.result ?? null;
  }

  run(iterations: number, limits: FailureLimits): unknown {
    const result = this.task();
    const failures = this.request.stateConfiguration?.mapIterationFailureCount ?? 0;
    // A Map that names no limit passes its test whatever the count, although it would fail when it runs.
    const isLimited = limits.count !== undefined || limits.percentage !== undefined;
    if (isLimited && exceedsLimits(failures, iterations, limits)) throw toleranceExceeded();
    return result;
  }

  private readItems(): unknown[] {
    const text = this.request.stateConfiguration?.mapItemReaderData;
    if (text === undefined) throw invalid('ItemReader data must be specified when testing a Map state with ItemReader specified.');
    const items = parseText(text, invalid('Only JSON is supported as ItemReader data'));
    if (!Array.isArray(items)) throw invalid('Only a JSON array is supported as ItemReader data');
    return items as unknown[];
  }
}
