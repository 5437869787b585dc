/** The order in which the resources of a template can be created: each after those it refers to. */
import { Evaluator } from './evaluator';
import { attributeReference, intrinsicKey, substitutionArgument, substitutionParts } from './intrinsic-functions';
import { isObject } from './json';

/** Collects the logical ids that a value refers to, looking only into the branches of `Fn::If` that are taken. */
export function collectReferences(value: unknown, evaluator: Evaluator, found: Set<string>): void {
  if (Array.isArray(value)) {
    value.forEach((member, index) => evaluator.within(String(index), () => collectReferences(member, evaluator, found)));
    return;
  }
  if (!isObject(value)) return;
  const key = intrinsicKey(value);
  if (key === undefined || Object.keys(value).length > 1) {
    for (const [name, member] of Object.entries(value)) evaluator.within(name, () => collectReferences(member, evaluator, found));
    return;
  }
  evaluator.within(key, () => collectFromFunction(key, value[key], evaluator, found));
}

function collectFromFunction(key: string, argument: unknown, evaluator: Evaluator, found: Set<string>): void {
  switch (key) {
    case 'Ref': {
      const name = isObject(argument) && evaluator.languageExtensions ? evaluator.resolve(argument) : argument;
      // What is no name is refused where it is resolved.
      if (typeof name === 'string') found.add(name);
      return;
    }
    case 'Fn::GetAtt':
      found.add(attributeReference(argument, evaluator)[0]);
      return;
    case 'Fn::Sub': {
      const { template, variables } = substitutionArgument(argument, evaluator);
      for (const part of substitutionParts(template, evaluator)) {
        if ('variable' in part && !Object.hasOwn(variables, part.variable)) found.add(part.variable.split('.', 1)[0]);
      }
      evaluator.within('1', () => collectReferences(variables, evaluator, found));
      return;
    }
    case 'Fn::If':
      if (Array.isArray(argument) && typeof argument[0] === 'string') {
        const branch = evaluator.condition(argument[0]) ? 1 : 2;
        evaluator.within(String(branch), () => collectReferences(argument[branch], evaluator, found));
      }
      return;
    default:
      collectReferences(argument, evaluator, found);
  }
}

/**
 * Sorts names so that each comes after those it depends on, in their given order otherwise; or the members of a cycle. CloudFormation works on everything at once that
 * waits for nothing more: of those, the last ones come after the others.
 */
export function sortByDependencies(
  dependencies: ReadonlyMap<string, ReadonlySet<string>>, comesLast: (name: string) => boolean = () => false,
): { order: string[] } | { cycle: string[] } {
  const waitingFor = new Map<string, number>();
  const dependents = new Map<string, string[]>();
  for (const [name, needed] of dependencies) {
    waitingFor.set(name, needed.size);
    for (const dependency of needed) {
      const waiting = dependents.get(dependency);
      if (waiting) waiting.push(name);
      else dependents.set(dependency, [name]);
    }
  }
  const order: string[] = [];
  let wave = [...dependencies.keys()].filter(name => waitingFor.get(name) === 0);
  while (wave.length > 0) {
    order.push(...wave.filter(name => !comesLast(name)), ...wave.filter(comesLast));
    const next: string[] = [];
    for (const dependent of wave.flatMap(name => dependents.get(name) ?? [])) {
      const left = (waitingFor.get(dependent) ?? 0) - 1;
      waitingFor.set(dependent, left);
      if (left === 0) next.push(dependent);
    }
    wave = next;
  }
  return order.length === dependencies.size ? { order } : { cycle: findCycle(dependencies, new Set(order)) };
}

/** Everything that is not sorted waits for something unsorted, so following the dependencies has to come back to itself. */
function findCycle(dependencies: ReadonlyMap<string, ReadonlySet<string>>, sorted: ReadonlySet<string>): string[] {
  const path: string[] = [];
  const position = new Map<string, number>();
  let current = [...dependencies.keys()].find(name => !sorted.has(name));
  while (current !== undefined && !position.has(current)) {
    position.set(current, path.length);
    path.push(current);
    current = [...dependencies.get(current) ?? []].find(name => !sorted.has(name));
  }
  return current === undefined ? path : path.slice(position.get(current));
}
