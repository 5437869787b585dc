import { layOut, LayoutEdge } from '../../../../local/inspector/page/layout';

const OPTIONS = { direction: 'right', between: 50, beside: 10 } as const;
const nodes = (...ids: string[]) => ids.map(id => ({ id, width: 100, height: 30 }));
const edges = (...pairs: string[]): LayoutEdge[] => pairs.map(pair => ({ from: pair[0], to: pair[1] }));

test('what follows stands in a later layer, after the last that leads to it', () => {
  const { nodes: placed, width } = layOut(nodes('a', 'b', 'c'), edges('ab', 'bc', 'ac'), OPTIONS);
  expect([...placed.values()].map(({ x }) => x)).toEqual([0, 150, 300]);
  expect(width).toBe(400);
});

test('nothing stands upon another', () => {
  const { nodes: placed, height } = layOut(nodes('a', 'b', 'c', 'd'), edges('ab', 'ac', 'ad'), OPTIONS);
  const ys = ['b', 'c', 'd'].map(id => placed.get(id)!.y).sort((left, right) => left - right);
  expect(ys).toEqual([0, 40, 80]);
  expect(height).toBe(110);
});

test('a circle is laid out, and what leads nowhere that is known as well', () => {
  const { nodes: placed } = layOut(nodes('a', 'b'), edges('ab', 'ba', 'ax', 'aa'), OPTIONS);
  expect(placed.get('a')!.x).toBeLessThan(placed.get('b')!.x);
});

test('edges that would cross are untangled', () => {
  const { nodes: placed } = layOut(nodes('a', 'b', 'c', 'd'), edges('ad', 'bc'), OPTIONS);
  const isAbove = (one: string, other: string) => placed.get(one)!.y < placed.get(other)!.y;
  expect(isAbove('a', 'b')).toBe(isAbove('d', 'c'));
});

test('a layer may be given, and downward is another direction', () => {
  const { nodes: placed } = layOut([...nodes('a'), { id: 'b', width: 100, height: 30, layer: 2 }, { id: 'c', width: 100, height: 30, layer: 1 }], [], { ...OPTIONS, direction: 'down' });
  expect(['a', 'c', 'b'].map(id => placed.get(id)!.y)).toEqual([0, 80, 160]);
});

test('there may be nothing', () => {
  expect(layOut([], [], OPTIONS)).toMatchObject({ width: 0, height: 0 });
});
