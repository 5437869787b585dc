import { parseResource, supportsResource } from './integrations';
import { UnsupportedTaskError } from './invalid-definition';
import { InvalidDefinitionError } from '../../engines/asl';

interface Task {
  readonly path: string;
  readonly resource: string;
  readonly credentials: boolean;
}

/** Refuses the Tasks that AWS does not run in an express state machine, and those that cannot be run here. */
export function checkTasks(definition: unknown, type: 'EXPRESS' | 'STANDARD'): void {
  const tasks = [...tasksOf(definition, '')];
  const problems = type === 'EXPRESS' ? tasks.flatMap(({ path, resource }) => expressProblem(resource).map(text => `SCHEMA_VALIDATION_FAILED: ${text} at ${path}/Resource`)) : [];
  if (problems.length > 0) {
    throw new InvalidDefinitionError(problems);
  }
  const unsupported = [...new Set(tasks.map(({ resource }) => resource))].filter(resource => !supportsResource(resource));
  if (unsupported.length > 0) {
    throw new UnsupportedTaskError(`its tasks use resources that the local runtime does not emulate: ${unsupported.join(', ')}`);
  }
  const withCredentials = tasks.find(({ credentials }) => credentials);
  if (withCredentials) {
    throw new UnsupportedTaskError(`the local runtime does not emulate Credentials, at ${withCredentials.path}: a task is run with the role of its state machine`);
  }
}

function expressProblem(resource: string): string[] {
  const { pattern } = parseResource(resource);
  if (pattern !== undefined) {
    return [`Express state machine does not support '.${pattern.replace(/:2$/, '')}' service integration`];
  }
  return /^arn:[^:]+:states:[^:]*:[^:]*:activity:/.test(resource) ? ['Express state machine does not support Activity ARN'] : [];
}

/** Every Task, in whatever state it stands. */
function* tasksOf(value: unknown, path: string): Generator<Task> {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const { Type: type, Resource: resource } = value as { readonly Type?: unknown; readonly Resource?: unknown };
  if (type === 'Task' && typeof resource === 'string') {
    yield { path, resource, credentials: Object.hasOwn(value, 'Credentials') };
  }
  for (const [name, member] of Object.entries(value)) {
    yield* tasksOf(member, Array.isArray(value) ? `${path}[${name}]` : `${path}/${name}`);
  }
}
