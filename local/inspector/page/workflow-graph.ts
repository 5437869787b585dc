/** The states of a definition, and what leads from one to another. */

export interface StateNode {
  readonly id: string;
  readonly type: string;
  /** Within how many Map and Parallel states it is. */
  readonly depth: number;
}

export interface StateEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'choice' | 'catch' | 'inner';
}

export interface WorkflowGraph {
  readonly nodes: readonly StateNode[];
  readonly edges: readonly StateEdge[];
  readonly startAt?: string;
}

interface Block {
  readonly StartAt?: string;
  readonly States?: Readonly<Record<string, any>>;
}

/** Reads a definition in the Amazon States Language. */
export function workflowGraph(definition: string): WorkflowGraph {
  const nodes: StateNode[] = [];
  const edges: StateEdge[] = [];
  const read = ({ States: states = {} }: Block, depth: number): void => {
    for (const [id, state] of Object.entries(states)) {
      nodes.push({ id, type: String(state.Type), depth });
      const add = (to: unknown, kind: StateEdge['kind']) => typeof to === 'string' && edges.push({ from: id, to, kind });
      add(state.Next, 'next');
      add(state.Default, 'choice');
      (state.Choices ?? []).forEach((choice: { Next?: string }) => add(choice.Next, 'choice'));
      (state.Catch ?? []).forEach((catcher: { Next?: string }) => add(catcher.Next, 'catch'));
      const inner: Block[] = [state.ItemProcessor ?? state.Iterator, ...state.Branches ?? []].filter(Boolean);
      for (const block of inner) {
        add(block.StartAt, 'inner');
        read(block, depth + 1);
      }
    }
  };
  const block = JSON.parse(definition) as Block;
  read(block, 0);
  const unique = new Map(edges.map(edge => [JSON.stringify(edge), edge]));
  return { nodes, edges: [...unique.values()], startAt: block.StartAt };
}
