import { PatternExplanation } from '../../engines/event-pattern';

/** What each field of a pattern makes of an event, a line for each. */
export function explanationLines({ fields, choices, note }: PatternExplanation, depth: number = 1): string[] {
  const indent = '  '.repeat(depth);
  return [
    ...note === undefined ? [] : [`${indent}${note}`],
    ...fields.map(field => `${indent}${field.matched ? 'yes' : 'no '} ${field.why}`),
    ...choices.flatMap(choice => [
      `${indent}${choice.matched ? 'yes' : 'no '} one of these:`,
      ...choice.branches.flatMap(branch => [`${indent}  ${branch.matched ? 'this matches' : 'this does not match'}`, ...explanationLines(branch, depth + 2)]),
    ]),
  ];
}
