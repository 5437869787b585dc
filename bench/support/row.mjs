/**
 * A row of a suite's table, of samples that were taken in turn: each round's ours is held against the same round's yardstick, since what else the machine
 * does changes from one minute to the next. A goal, `{ atMost }` or `{ atLeast }`, is about the ratio of ours to the yardstick.
 */
export function row({ measure, unit, ours, yardstick, goal }) {
  const ratios = ours.map((sample, round) => sample / yardstick.samples[round]);
  return {
    measure,
    unit,
    ours: median(ours),
    yardstick: median(yardstick.samples),
    yardstickName: yardstick.name,
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    goal,
  };
}

/** A row whose yardstick is not installed: `remedy` says how to add it. */
export function rowWithoutYardstick({ measure, unit, ours, name, remedy, goal }) {
  return { measure, unit, ours: median(ours), yardstickName: name, remedy, goal };
}

/** Whether a row reaches its goal; undefined when there is nothing to hold it against. */
export function isMet({ ratio, goal }) {
  // A server that has given memory back meanwhile has used none, and nothing can be said of it.
  if (ratio === undefined || goal === undefined || ratio <= 0) {
    return undefined;
  }
  return ratio <= (goal.atMost ?? Infinity) && ratio >= (goal.atLeast ?? -Infinity);
}

export function median(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
