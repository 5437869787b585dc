import { ObservedEntry, TraceEntry, TraceRecord } from '../../../local/kernel/contracts';
import { Trace } from '../../../local/kernel/trace';

const entry = (message: string): TraceEntry => ({ kind: 'failure', time: 0, source: 'test', message });
const messageOf = (about: ObservedEntry) => (about as { message: string }).message;

function observed() {
  const trace = new Trace();
  const records: TraceRecord[] = [];
  const stop = trace.observe(record => records.push(record));
  return { trace, stop, records, causeOf: (message: string) => records.find(record => messageOf(record.entry) === message)!.cause };
}

test('nobody listens, then somebody does, then nobody again', () => {
  const trace = new Trace();
  expect([trace.active, trace.detailed]).toEqual([false, false]);
  const stopListening = trace.subscribe(() => {});
  expect([trace.active, trace.detailed]).toEqual([true, false]);
  const stopObserving = trace.observe(() => {});
  stopListening();
  expect([trace.active, trace.detailed]).toEqual([true, true]);
  stopObserving();
  expect([trace.active, trace.detailed]).toEqual([false, false]);
});

test('whatever an activity starts has it as its cause, at once or later', async () => {
  const { trace, causeOf } = observed();
  const outer = trace.begin(true);
  const inner = await trace.within(outer, async () => {
    trace.emit(entry('at once'));
    await new Promise(resolve => setImmediate(resolve));
    trace.emit(entry('later'));
    const begun = trace.begin();
    setTimeout(() => trace.emit(entry('not in the inner one')), 0);
    await trace.within(begun, async () => trace.emit(entry('inside')));
    await new Promise(resolve => setTimeout(resolve, 2));
    return begun;
  });
  trace.emit(entry('outside'));
  expect(['at once', 'later', 'not in the inner one', 'inside', 'outside'].map(causeOf)).toEqual([outer.sequence, outer.sequence, outer.sequence, inner.sequence, undefined]);
  expect(inner.cause).toBe(outer.sequence);
});

test('two activities at once keep apart', async () => {
  const { trace, causeOf } = observed();
  const run = async (name: string) => {
    const activity = trace.begin(true);
    await trace.within(activity, async () => {
      await new Promise(resolve => setImmediate(resolve));
      trace.emit(entry(name));
    });
    return activity.sequence;
  };
  expect(await Promise.all([run('first'), run('second')])).toEqual([causeOf('first'), causeOf('second')]);
});

test('what begins by itself has no cause, wherever it begins', () => {
  const { trace } = observed();
  trace.within(trace.begin(true), () => expect(trace.begin(true).cause).toBeUndefined());
});

test('what somebody takes up later leads back to where it was marked, for a while', () => {
  const { trace, stop } = observed();
  const activity = trace.begin(true);
  trace.mark(() => 'outside');
  trace.within(activity, () => trace.mark(() => 'record'));
  expect([trace.markOf('record'), trace.markOf('outside'), trace.markOf('__proto__')]).toEqual([activity.sequence, undefined, undefined]);
  trace.within(activity, () => Array.from({ length: 10_000 }, (_, index) => trace.mark(() => String(index))));
  expect(trace.markOf('record')).toBeUndefined();
  stop();
  expect(trace.markOf('9999')).toBeUndefined();
});

test('lines are told without details, and details only to those who observe', () => {
  const { trace, records, stop } = observed();
  const lines: TraceEntry[] = [];
  trace.subscribe(line => lines.push(line));
  trace.detail({ kind: 'delivery', time: 0, startedAt: 0, rule: 'r', target: 't', attempt: 0, outcome: 'ok' });
  expect(lines).toEqual([]);
  expect(records.map(({ entry: { kind } }) => kind)).toEqual(['delivery']);
  stop();
  trace.detail({ kind: 'delivery', time: 0, startedAt: 0, rule: 'r', target: 't', attempt: 0, outcome: 'ok' });
  expect(records).toHaveLength(1);
});
