import { checkTasks } from './check-tasks';
import { UnsupportedTaskError } from './invalid-definition';
import { compileStateMachine, InvalidDefinitionError, UnsupportedDefinitionError } from '../../engines/asl';
import { AwsError } from '../../kernel/aws-error';
import { Operation } from '../../kernel/contracts';

interface ValidateInput {
  readonly definition?: unknown;
  readonly type?: 'EXPRESS' | 'STANDARD';
  readonly maxResults?: number;
}

const MAXIMUM_RESULTS = 100;

/** Tells what CreateStateMachine would refuse. */
export function validateDefinition(): Operation<ValidateInput> {
  return {
    permissions: () => [{ action: 'states:ValidateStateMachineDefinition', resource: '*' }],
    handle: ({ definition, type = 'STANDARD', maxResults }) => {
      if (typeof definition !== 'string') {
        throw new AwsError('ValidationException', "1 validation error detected: Value at 'definition' failed to satisfy constraint: Member must not be null");
      }
      const problems = problemsOf(definition, type);
      const shown = problems.slice(0, maxResults || MAXIMUM_RESULTS);
      return { result: problems.length === 0 ? 'OK' : 'FAIL', diagnostics: shown.map(diagnostic), truncated: shown.length < problems.length };
    },
  };
}

function problemsOf(definition: string, type: 'EXPRESS' | 'STANDARD'): readonly string[] {
  try {
    compileStateMachine(definition);
    checkTasks(JSON.parse(definition), type);
    return [];
  } catch (error) {
    if (error instanceof InvalidDefinitionError) {
      return error.problems;
    }
    // AWS would take it.
    if (error instanceof UnsupportedDefinitionError || error instanceof UnsupportedTaskError) {
      return [];
    }
    throw error;
  }
}

function diagnostic(problem: string): object {
  const [, code, message, location] = /^([A-Z_]+): (.*) at (\/\S*.*)$/s.exec(problem) ?? [undefined, 'SCHEMA_VALIDATION_FAILED', problem, '/'];
  return { severity: 'ERROR', code, message, location };
}
