/** The Task states of a definition, with as much of their arguments as can be known before an execution. */
import jsonata from 'jsonata';
import { isObject, setMember } from './json';
import { PURE_FUNCTIONS } from './jsonata/jsonata-functions';
import { expressionText } from './jsonata/jsonata-template';

/** A Task as it will be run. */
export interface SampleTask {
  readonly state: string;
  readonly resource: string;
  readonly arguments: unknown;
}

const GUARDS = { timeout: 1000, stack: 100, sequence: 10_000 };

/** Nothing is known of an execution beforehand. */
const NOTHING = { states: { input: {}, result: {}, context: {} } };

/** The Tasks of a definition, in whatever states they are nested. */
export async function sampleTasks(definition: unknown): Promise<SampleTask[]> {
  const found: SampleTask[] = [];
  await collect(definition, found);
  return found;
}

async function collect(value: unknown, found: SampleTask[]): Promise<void> {
  if (Array.isArray(value)) {
    for (const item of value) {
      await collect(item, found);
    }
  } else if (isObject(value)) {
    for (const [state, definition] of Object.entries(isObject(value.States) ? value.States : {})) {
      if (isObject(definition) && definition.Type === 'Task' && typeof definition.Resource === 'string') {
        found.push({ state, resource: definition.Resource, arguments: await known('Arguments' in definition ? definition.Arguments : definition.Parameters) });
      }
    }
    for (const member of Object.values(value)) {
      await collect(member, found);
    }
  }
}

/** What an expression gives when nothing is known; a path into the input gives nothing. */
async function known(value: unknown): Promise<unknown> {
  if (typeof value === 'string') {
    const text = expressionText(value);
    return text === undefined ? value : evaluate(text);
  }
  if (Array.isArray(value)) {
    return (await Promise.all(value.map(known))).filter(item => item !== undefined);
  }
  if (!isObject(value)) {
    return value;
  }
  const members: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const given = name.endsWith('.$') ? undefined : await known(member);
    if (given !== undefined) {
      setMember(members, name, given);
    }
  }
  return members;
}

async function evaluate(text: string): Promise<unknown> {
  try {
    const expression = jsonata(text, GUARDS);
    PURE_FUNCTIONS.forEach(([name, implementation, signature]) => expression.registerFunction(name, implementation, signature));
    const value = await expression.evaluate(undefined, NOTHING);
    return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
  } catch {
    return undefined;
  }
}
