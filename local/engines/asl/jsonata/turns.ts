/** The evaluation that everybody waits for; undefined when nobody has to. */
let last: Promise<unknown> | undefined;

/**
 * Runs evaluations one after the other. JSONata would take steps of each in turn, and as each may last a second, many at once would fail that are short
 * alone. Nothing is lost by it, since all that they wait for is the processor.
 */
export function inTurn<Result>(evaluate: () => Promise<Result>): Promise<Result> {
  const turn = last ? last.then(evaluate, evaluate) : evaluate();
  const end = () => {
    if (last === turn) last = undefined;
  };
  last = turn;
  turn.then(end, end);
  return turn;
}
