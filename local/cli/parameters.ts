import { GivenParameter } from './options';
import { UsageError } from './report';
import { requireParameters, StackTemplate } from '../kernel/template';

/** The stacks with the parameter values that the command line gives: `Key` in every stack that has it, `Stack:Key` in one. */
export function withParameters(stacks: readonly StackTemplate[], given: readonly GivenParameter[]): StackTemplate[] {
  const unknown = new Set(given.map(([name]) => name));
  const completed = stacks.map(stack => {
    const values = given.flatMap(([name, value]) => {
      const key = name.startsWith(`${stack.name}:`) ? name.slice(stack.name.length + 1) : name;
      if (!declares(stack, key)) {
        return [];
      }
      unknown.delete(name);
      return [[key, value]];
    });
    return { ...stack, parameters: { ...stack.parameters, ...Object.fromEntries(values) } };
  });
  if (unknown.size > 0) {
    throw new UsageError(`Parameters: [${[...unknown].join(', ')}] do not exist in the template.`);
  }
  completed.forEach(requireParameters);
  return completed;
}

function declares({ template: { Parameters: parameters } }: StackTemplate, name: string): boolean {
  return typeof parameters === 'object' && parameters !== null && Object.hasOwn(parameters, name);
}
