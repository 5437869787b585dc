import { useEffect, useMemo, useRef } from 'preact/hooks';
import { shortened } from './execution-details';
import { Layout, layOut } from './layout';
import { Model } from './model';
import { CLIENTS, Places } from './places';
import { Topology } from './records';
import { Item } from './store';

const WIDTHS: Readonly<Record<string, number>> = { clients: 92, api: 124, route: 116 };
const LAYERS: Readonly<Record<string, number>> = { clients: 0, api: 1, route: 2 };
const WORDS: Readonly<Record<string, string>> = { api: 'WebSocket API', bus: 'event bus', destination: 'API destination' };
const HEIGHT = 32;
/** Beyond that it is drawn closer together. */
const WIDE = 1500;
const STEP_MILLISECONDS = 420;
const MOST_DOTS = 60;
const MOST_AT_ONCE = 80;
const FLASH_MILLISECONDS = 900;

/** The app as it is deployed, with what happens moving through it. */
export function Picture({ model }: { readonly model: Model }) {
  const { state } = model;
  return state ? <Drawing model={model} topology={state.topology} /> : <div class="picture" />;
}

function Drawing({ model, topology }: { readonly model: Model; readonly topology: Topology }) {
  const { nodes, edges } = useMemo(() => withClients(topology), [topology]);
  const layout = useMemo(() => {
    // What is pushed goes back to the API: that is no reason to stand before it.
    const onward = edges.filter(({ from, to }) => from === CLIENTS || nodes.find(({ id }) => id === to)?.kind !== 'api');
    const place = (width: number, between: number) => layOut(
      nodes.map(({ id, kind }) => ({ id, width: WIDTHS[kind] ?? width, height: HEIGHT, layer: LAYERS[kind] ?? 3 })), onward, { direction: 'right', between, beside: 10 },
    );
    const wide = place(178, 54);
    return wide.width <= WIDE ? wide : place(138, 30);
  }, [nodes, edges]);
  const places = useMemo(() => new Places(topology), [topology]);
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const mover = new Mover(svg.current!, layout, places);
    const watch = (items: readonly Item[]) => mover.show(items);
    model.watchers.add(watch);
    return () => void model.watchers.delete(watch);
  }, [layout, places]);

  const margin = 16;
  const height = layout.height + 2 * margin;
  return (
    <div class="picture" role="region" aria-label="The app" tabIndex={0}>
      <svg ref={svg} class={layout.width < WIDE ? 'small' : ''} viewBox={`${-margin} ${-margin} ${layout.width + 2 * margin} ${height}`} width={layout.width + 2 * margin} height={height} role="img" aria-label={`The app: ${nodes.length} parts`}>
        {edges.map(({ from, to }) => <path key={`${from} ${to}`} class="link" d={curve(layout, from, to)} />)}
        {nodes.map(({ id, kind, label, constructPath }) => {
          const { x, y, width } = layout.nodes.get(id)!;
          return (
            <g key={id} data-node={id} class={`node node-${kind}`} transform={`translate(${x} ${y})`}>
              <title>{[WORDS[kind] ?? kind, constructPath || label].join(': ')}</title>
              <rect width={width} height={HEIGHT} rx={7} />
              <path class="icon" d={ICONS[kind] ?? ICONS.route} transform="translate(9 9)" />
              <text x={29} y={20}>{shortened(label, width - 24, 6.8)}</text>
            </g>
          );
        })}
        <g class="dots" />
      </svg>
    </div>
  );
}

function withClients({ nodes, edges }: Topology) {
  const apis = nodes.filter(({ kind }) => kind === 'api');
  const clients = { id: CLIENTS, kind: 'clients', label: 'clients', constructPath: '' };
  const named = nodes.map(({ id, kind, label, constructPath }) => ({
    id, kind: kind as string, label: isGeneric(label) ? parentOf(constructPath) : label, constructPath,
  }));
  return { nodes: [clients, ...named], edges: [...apis.map(({ id }) => ({ from: CLIENTS, to: id })), ...edges] };
}

/** Some constructs are named after what they are: whose they are says more. */
function isGeneric(label: string): boolean {
  return /^(Default|Resource|Table|Api|Rule|Workflow|StateMachine|Queue|Function|Pipe|EventBus)$/.test(label);
}

function parentOf(constructPath: string): string {
  const names = constructPath.split('/').filter(name => name !== 'Default' && name !== 'Resource');
  return names.slice(names.length > 2 ? -2 : -1).join(' ');
}

function curve(layout: Layout, from: string, to: string): string {
  const start = layout.nodes.get(from);
  const end = layout.nodes.get(to);
  if (!start || !end) {
    return '';
  }
  const y1 = start.y + start.height / 2;
  const y2 = end.y + end.height / 2;
  if (end.layer > start.layer) {
    const x1 = start.x + start.width;
    const bend = Math.max(24, (end.x - x1) / 2);
    return `M${x1} ${y1} C${x1 + bend} ${y1} ${end.x - bend} ${y2} ${end.x} ${y2}`;
  }
  // Back to where it came from, below everything between.
  const low = Math.max(y1, y2) + 30 + 6 * (start.layer - end.layer);
  return `M${start.x + start.width / 2} ${start.y + start.height} C${start.x} ${low} ${end.x + end.width} ${low} ${end.x + end.width / 2} ${end.y + end.height}`;
}

/** Lets dots run from node to node, as things happen. */
class Mover {
  private readonly dots: Element;
  private readonly nodes: ReadonlyMap<string, Element>;
  private readonly flashed = new Map<string, number>();
  private readonly isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;

  constructor(svg: SVGSVGElement, private readonly layout: Layout, private readonly places: Places) {
    this.dots = svg.querySelector('.dots')!;
    this.nodes = new Map([...svg.querySelectorAll('[data-node]')].map(node => [node.getAttribute('data-node')!, node]));
  }

  show(items: readonly Item[]): void {
    // Of very many nobody could follow each.
    const sorted = items.slice(-MOST_AT_ONCE).sort((left, right) => left.record.sequence - right.record.sequence);
    let delay = 0;
    for (const item of sorted) {
      const path = [...this.originOf(item), ...this.places.of(item.record.entry)];
      for (let index = 1; index < path.length; index++) {
        if (path[index] !== path[index - 1]) {
          this.move(path[index - 1], path[index], delay, item.summary.outcome === 'failed' && index === path.length - 1);
          delay += STEP_MILLISECONDS / 3;
        }
      }
      if (path.length === 1) {
        this.flash(path[0], delay, item.summary.outcome === 'failed');
      }
    }
  }

  /** Where what set it off is. */
  private originOf(item: Item): string[] {
    for (let parent = item.parent; parent; parent = parent.parent) {
      const place = this.places.of(parent.record.entry).at(-1);
      if (place !== undefined) {
        return [place];
      }
    }
    return [];
  }

  private move(from: string, to: string, delay: number, hasFailed: boolean): void {
    if (this.isStill || document.hidden || this.dots.childElementCount >= MOST_DOTS) {
      this.flash(to, 0, hasFailed);
      return;
    }
    const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
    dot.setAttribute('r', '4.5');
    dot.setAttribute('class', hasFailed ? 'traveller failed' : 'traveller');
    dot.style.offsetPath = `path("${curve(this.layout, from, to)}")`;
    dot.style.opacity = '0';
    this.dots.append(dot);
    const animation = dot.animate(
      [{ offsetDistance: '0%', opacity: 1 }, { offsetDistance: '100%', opacity: 1 }], { duration: STEP_MILLISECONDS, delay: Math.min(delay, 4000), easing: 'ease-in-out' },
    );
    animation.onfinish = () => {
      dot.remove();
      this.flash(to, 0, hasFailed);
    };
    animation.oncancel = () => dot.remove();
  }

  private flash(id: string, delay: number, hasFailed: boolean): void {
    const now = performance.now();
    if (document.hidden || (!hasFailed && now < (this.flashed.get(id) ?? -Infinity) + FLASH_MILLISECONDS / 4)) {
      return;
    }
    this.flashed.set(id, now);
    this.nodes.get(id)?.querySelector('rect')?.animate(
      [{ stroke: hasFailed ? 'var(--bad)' : 'var(--accent)', strokeWidth: '2.5px' }, {}], { duration: FLASH_MILLISECONDS, delay: Math.min(delay, 4000), easing: 'ease-out' },
    );
  }
}

const ICONS: Readonly<Record<string, string>> = {
  clients: 'M7 7a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM1 14c0-3 3-5 6-5s6 2 6 5',
  api: 'M1 7h12M7 1v12M2.5 3.5C5 5.500 9 5.500 11.500 3.500M2.500 10.500C5 8.500 9 8.500 11.500 10.500M7 1a6 6 0 1 0 0 12A6 6 0 0 0 7 1z',
  route: 'M1 7h11M8 3l4 4-4 4',
  table: 'M1 2h12v10H1zM1 5.500h12M5 5.500V12',
  bus: 'M1 4h12M1 7h12M1 10h12',
  rule: 'M1 2h12L8.500 7.500V12l-3 1.500v-6z',
  workflow: 'M1 1h5v4H1zM8 9h5v4H8zM3.500 5v6H8',
  queue: 'M1 3h3v8H1zM5.500 3h3v8h-3zM10 3h3v8h-3z',
  topic: 'M2 9V5l7-3v10zM9 5c2 0 3 1 3 2s-1 2-3 2M4 9.500V13',
  stream: 'M1 4c3-2 4 2 6 0s4-2 6 0M1 9c3-2 4 2 6 0s4-2 6 0',
  pipe: 'M1 4v6M13 4v6M1 5.500h12M1 8.500h12',
  function: 'M4 13 8 1M2 5h6M10 13l-3-7',
  schedule: 'M7 1a6 6 0 1 0 0 12A6 6 0 0 0 7 1zM7 4v3l2.500 1.500',
  destination: 'M8 2h4v4M12 2 6 8M10 8v4H2V4h4',
};
