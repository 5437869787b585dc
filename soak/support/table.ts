import { holds, Row } from './attack';

const HEAD = ['test', 'measure', 'figure', 'unit', 'goal', ''];

/** The rows of attacks as text, in columns. */
export function table(results: readonly { readonly attack: string; readonly rows: readonly Row[] }[]): string {
  const cells = results.flatMap(({ attack, rows }) => rows.map(row => [attack, row.measure, number(row.figure), row.unit, goalOf(row), verdict(row)]));
  const lines = [HEAD, ...cells];
  const widths = HEAD.map((_, column) => Math.max(...lines.map(line => line[column].length)));
  return lines.map(line => line.map((cell, column) => [2, 4].includes(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])).join('  ').trimEnd()).join('\n');
}

function goalOf({ goal }: Row): string {
  return goal === undefined ? '' : 'atMost' in goal ? `≤ ${number(goal.atMost)}` : `≥ ${number(goal.atLeast)}`;
}

function verdict(row: Row): string {
  const held = holds(row);
  return held === undefined ? '' : held ? 'held' : 'FAILED';
}

/** Three digits that count; all of those before the point. */
function number(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}
