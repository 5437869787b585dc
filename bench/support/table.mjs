export const HEAD = ['measure', 'ours', 'yardstick', 'unit', 'beside', 'ratio', 'spread', 'goal', ''];
export const NUMERIC = new Set(['ours', 'yardstick', 'ratio', 'spread', 'goal']);

/** The rows as text, in columns. */
export function table(rows) {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map(line => line[column].length)));
  return lines.map(line => line.map((cell, column) => NUMERIC.has(HEAD[column]) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])).join('  ').trimEnd()).join('\n');
}

export function cells(row) {
  const { measure, ours, yardstick, yardstickName, unit, ratio, spread, goal, met, remedy } = row;
  return [
    measure,
    number(ours),
    number(yardstick),
    unit,
    yardstickName ?? '',
    number(ratio),
    spread === undefined ? '' : `${number(spread[0])}–${number(spread[1])}`,
    goal === undefined ? '' : goal.atMost !== undefined ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`,
    remedy !== undefined ? `not installed: ${remedy}` : met === undefined ? '' : met ? 'met' : 'MISSED',
  ];
}

/** Three digits that count; all of those before the point. */
function number(value) {
  if (value === undefined) {
    return '';
  }
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}
