/** Places nodes in layers, so that most edges lead onward and few cross. */

export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** No layer before this one. */
  readonly layer?: number;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
}

export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly layer: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: ReadonlyMap<string, Placed>;
}

export interface LayoutOptions {
  /** From left to right, or from top to bottom. */
  readonly direction: 'right' | 'down';
  /** Between layers. */
  readonly between: number;
  /** Between the nodes of a layer. */
  readonly beside: number;
}

const SWEEPS = 6;

export function layOut(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], { direction, between, beside }: LayoutOptions): Layout {
  const known = new Set(nodes.map(({ id }) => id));
  const forward = withoutCycles(nodes, edges.filter(({ from, to }) => known.has(from) && known.has(to) && from !== to));
  const layers = layersOf(nodes, forward);
  order(layers, forward);

  const isDown = direction === 'down';
  const along = ({ width, height }: LayoutNode) => isDown ? height : width;
  const across = ({ width, height }: LayoutNode) => isDown ? width : height;
  const extent = (layer: readonly LayoutNode[]) => layer.reduce((sum, node) => sum + across(node) + beside, -beside);
  const widest = Math.max(0, ...layers.map(extent));

  const placed = new Map<string, Placed>();
  let position = 0;
  layers.forEach((layer, index) => {
    const thickness = Math.max(0, ...layer.map(along));
    let offset = (widest - extent(layer)) / 2;
    for (const node of layer) {
      const start = position + (thickness - along(node)) / 2;
      placed.set(node.id, { x: isDown ? offset : start, y: isDown ? start : offset, width: node.width, height: node.height, layer: index });
      offset += across(node) + beside;
    }
    position += layer.length === 0 ? 0 : thickness + between;
  });
  const length = Math.max(0, position - between);
  return { width: isDown ? widest : length, height: isDown ? length : widest, nodes: placed };
}

/** The edges without those that lead back to where they come from. */
function withoutCycles(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutEdge[] {
  const outgoing = groupBy(edges, ({ from }) => from);
  const state = new Map<string, 'open' | 'done'>();
  const kept: LayoutEdge[] = [];
  const visit = (id: string): void => {
    state.set(id, 'open');
    for (const edge of outgoing.get(id) ?? []) {
      if (state.get(edge.to) !== 'open') {
        kept.push(edge);
        if (!state.has(edge.to)) {
          visit(edge.to);
        }
      }
    }
    state.set(id, 'done');
  };
  [...nodes].sort((left, right) => (left.layer ?? Infinity) - (right.layer ?? Infinity)).forEach(({ id }) => state.has(id) || visit(id));
  return kept;
}

/** Each node in the layer after the last of those that lead to it. */
function layersOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutNode[][] {
  const incoming = groupBy(edges, ({ to }) => to);
  const byId = new Map(nodes.map(node => [node.id, node]));
  const depths = new Map<string, number>();
  const depthOf = (id: string): number => {
    const knownDepth = depths.get(id);
    if (knownDepth !== undefined) {
      return knownDepth;
    }
    const depth = Math.max(byId.get(id)!.layer ?? 0, ...(incoming.get(id) ?? []).map(({ from }) => depthOf(from) + 1));
    depths.set(id, depth);
    return depth;
  };
  const layers: LayoutNode[][] = [];
  for (const node of nodes) {
    const depth = depthOf(node.id);
    while (layers.length <= depth) {
      layers.push([]);
    }
    layers[depth].push(node);
  }
  return layers.filter(layer => layer.length > 0);
}

/** Moves nodes towards the middle of what they are joined with, layer by layer, there and back. */
function order(layers: LayoutNode[][], edges: readonly LayoutEdge[]): void {
  const incoming = groupBy(edges, ({ to }) => to);
  const outgoing = groupBy(edges, ({ from }) => from);
  const positions = new Map<string, number>();
  const note = (layer: readonly LayoutNode[]) => layer.forEach(({ id }, index) => positions.set(id, (index + 0.5) / layer.length));
  layers.forEach(note);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForward = sweep % 2 === 0;
    const sequence = isForward ? layers : [...layers].reverse();
    for (const layer of sequence) {
      const wishes = new Map(layer.map(({ id }) => {
        const others = isForward ? (incoming.get(id) ?? []).map(({ from }) => from) : (outgoing.get(id) ?? []).map(({ to }) => to);
        const mean = others.length === 0 ? positions.get(id)! : others.reduce((sum, other) => sum + positions.get(other)!, 0) / others.length;
        return [id, mean] as const;
      }));
      layer.sort((left, right) => wishes.get(left.id)! - wishes.get(right.id)!);
      note(layer);
    }
  }
}

function groupBy<Value>(values: readonly Value[], key: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) {
      group.push(value);
    } else {
      groups.set(key(value), [value]);
    }
  }
  return groups;
}
