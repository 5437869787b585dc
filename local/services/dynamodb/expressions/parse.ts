/** Parsed expressions by their text: templates send the same ones again and again. */
import { ConditionParser } from './condition-parser';
import { ProjectionParser } from './projection-parser';
import { Node, PathNode, UpdateNode } from './syntax';
import { UpdateParser } from './update-parser';

const MOST_KEPT = 1000;

const conditions = new Map<string, Node>();
const updates = new Map<string, UpdateNode>();
const projections = new Map<string, PathNode[]>();

/** The members of a request that hold a condition. */
export type ConditionKind = 'ConditionExpression' | 'FilterExpression' | 'KeyConditionExpression';

/** The syntax of a condition; `kind` names it in errors. */
export function parseCondition(kind: ConditionKind, source: string): Node {
  return remember(conditions, source, () => new ConditionParser(kind, source).parse());
}

/** The syntax of an update. */
export function parseUpdate(source: string): UpdateNode {
  return remember(updates, source, () => new UpdateParser(source).parse());
}

/** The syntax of a projection. */
export function parseProjection(source: string): PathNode[] {
  return remember(projections, source, () => new ProjectionParser(source).parse());
}

function remember<Parsed>(kept: Map<string, Parsed>, source: string, parse: () => Parsed): Parsed {
  let parsed = kept.get(source);
  if (parsed === undefined) {
    parsed = parse();
    if (kept.size >= MOST_KEPT) {
      kept.clear();
    }
    kept.set(source, parsed);
  }
  return parsed;
}
