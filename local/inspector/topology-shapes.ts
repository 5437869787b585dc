/** The picture of an app, as the page draws it. */

/** What a node of the picture is. */
export type NodeKind = 'api' | 'route' | 'table' | 'bus' | 'rule' | 'workflow' | 'queue' | 'topic' | 'stream' | 'pipe' | 'function' | 'schedule' | 'destination';

/** A resource in the picture of the app. */
export interface TopologyNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  readonly constructPath: string;
  readonly logicalId: string;
  /** The names by which traces know it. */
  readonly names: readonly string[];
  /** What a page wants to know of it, such as a rule's pattern. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Something goes from one to the other. */
export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
}

export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}
