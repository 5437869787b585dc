import { compileStateMachine, StatesError } from '../../../../local/engines/asl';
import { stepKey, stepsTaken, visitsOf } from '../../../../local/inspector/page/execution';
import { TraceRecord } from '../../../../local/inspector/page/records';
import { workflowGraph } from '../../../../local/inspector/page/workflow-graph';

/** Runs a definition, and takes down what the inspector would be told. */
async function observe(definition: object, task: () => Promise<unknown> = async () => ({})): Promise<TraceRecord[]> {
  const records: TraceRecord[] = [];
  const tell = (entry: object) => records.push({ sequence: records.length, entry: JSON.parse(JSON.stringify(entry)) });
  await compileStateMachine(JSON.stringify(definition)).execute(
    { input: { n: [1, 2] }, type: 'EXPRESS', context: { Execution: { Id: 'arn:aws:states:us-east-1:1:express:m:e:f' }, StateMachine: { Id: 'arn:aws:states:us-east-1:1:stateMachine:m' } } },
    {
      task,
      now: () => 1,
      schedule: (milliseconds, callback) => {
        if (milliseconds <= 60_000) {
          queueMicrotask(callback);
        }
        return () => {};
      },
      random: () => 0,
      uuid: () => 'u',
      record: event => tell({ kind: 'history', time: 1, event }),
      evaluated: ({ stateName, ...evaluation }) => tell({ kind: 'evaluation', time: 1, state: stateName, ...evaluation }),
    },
  );
  return records;
}

test('each stay in a state has its input, its output, and what its expressions came to', async () => {
  const visits = visitsOf(await observe({
    QueryLanguage: 'JSONata',
    StartAt: 'First',
    States: { First: { Type: 'Pass', Output: { sum: '{% $sum($states.input.n) %}' }, Next: 'Second' }, Second: { Type: 'Succeed' } },
  }));
  expect(visits).toMatchObject([
    { name: 'First', type: 'Pass', input: '{"n":[1,2]}', output: '{"sum":3}', depth: 0, fields: [{ location: 'Output/sum', expression: '$sum($states.input.n)', value: 3 }] },
    { name: 'Second', type: 'Succeed', input: '{"sum":3}', from: { name: 'First' } },
  ]);
  expect(stepsTaken(visits)).toEqual(new Map([[stepKey('First', 'Second'), 1]]));
});

test('every attempt of a task is told, and what made it fail', async () => {
  let count = 0;
  const definition = {
    StartAt: 'Call', States: { Call: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem', Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }], End: true } },
  };
  const visits = visitsOf(await observe(definition, async () => {
    count += 1;
    if (count < 3) {
      throw new StatesError('Broken', String(count));
    }
    return { done: true };
  }));
  expect(visits).toHaveLength(1);
  expect(visits[0].attempts).toHaveLength(3);
  expect(visits[0].attempts[2]).toMatchObject({ output: '{"done":true}' });
  expect(visits[0].failed).toBeUndefined();
});

test('what is within a Map is deeper, and the Map ends where it began', async () => {
  const visits = visitsOf(await observe({
    QueryLanguage: 'JSONata',
    StartAt: 'Each',
    States: {
      Each: { Type: 'Map', Items: '{% $states.input.n %}', ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', Next: 'Two' }, Two: { Type: 'Pass', End: true } } }, Next: 'After' },
      After: { Type: 'Succeed' },
    },
  }));
  expect(visits.map(({ name, depth }) => [name, depth])).toEqual([['Each', 0], ['One', 1], ['Two', 1], ['One', 1], ['Two', 1], ['After', 0]]);
  expect(visits.every(({ exitedAt }) => exitedAt !== undefined)).toBe(true);
});

test('an expression that fails is told with its error', async () => {
  const visits = visitsOf(await observe({ QueryLanguage: 'JSONata', StartAt: 'Bad', States: { Bad: { Type: 'Pass', Output: '{% $states.input.missing %}', End: true } } }));
  expect(visits[0]).toMatchObject({ failed: expect.stringContaining('returned nothing'), fields: [{ location: 'Output', error: expect.stringContaining('returned nothing') }] });
});

test('a definition is read as a graph, inner states and catchers and all', () => {
  const { nodes, edges, startAt } = workflowGraph(JSON.stringify({
    StartAt: 'Choose',
    States: {
      Choose: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Each' }], Default: 'End' },
      Each: { Type: 'Map', ItemProcessor: { StartAt: 'Inner', States: { Inner: { Type: 'Pass', End: true } } }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'End' }], Next: 'End' },
      End: { Type: 'Succeed' },
    },
  }));
  expect(startAt).toBe('Choose');
  expect(nodes.map(({ id, depth }) => [id, depth])).toEqual([['Choose', 0], ['Each', 0], ['Inner', 1], ['End', 0]]);
  expect(edges).toEqual(expect.arrayContaining([
    { from: 'Choose', to: 'Each', kind: 'choice' }, { from: 'Each', to: 'Inner', kind: 'inner' }, { from: 'Each', to: 'End', kind: 'next' }, { from: 'Each', to: 'End', kind: 'catch' },
  ]));
});
