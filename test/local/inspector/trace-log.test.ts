import { TraceLog } from '../../../local/inspector/trace-log';
import { ObservedEntry } from '../../../local/kernel/contracts';
import { Trace } from '../../../local/kernel/trace';

const entry = (message: string): ObservedEntry => ({ kind: 'failure', time: 0, source: 'test', message });

function logged(mostRecords?: number, mostBytes?: number) {
  const trace = new Trace();
  const log = new TraceLog(mostRecords, mostBytes);
  log.observe(trace);
  return { trace, log, messages: () => log.all.map(({ json }) => JSON.parse(json).entry.message) };
}

test('the oldest is forgotten when there are too many', () => {
  const { trace, messages } = logged(3);
  for (let count = 1; count <= 10; count++) {
    trace.detail(entry(String(count)));
  }
  expect(messages()).toEqual(['8', '9', '10']);
});

test('the oldest are forgotten when they are too long, the latest never', () => {
  const { trace, messages } = logged(100, 1000);
  trace.detail(entry('a'.repeat(600)));
  trace.detail(entry('b'.repeat(600)));
  trace.detail(entry('c'.repeat(5000)));
  expect(messages()).toEqual(['c'.repeat(5000)]);
});

test('what is forgotten is not held', () => {
  const { trace, log } = logged(100_000, 1000);
  for (let count = 0; count < 200; count++) {
    trace.detail(entry('a'.repeat(600)));
  }
  expect((log as unknown as { records: unknown[] }).records.length).toBeLessThan(5);
});

test('a story is all that one thing has set off, whichever of it is asked for', () => {
  const { trace, log } = logged();
  const message = trace.begin(true);
  const call = trace.within(message, () => trace.begin());
  trace.within(call, () => trace.detail(entry('within the call')));
  trace.detail({ ...entry('call'), requestId: 'r-1' } as unknown as ObservedEntry, call);
  trace.detail(entry('message'), message);
  trace.detail(entry('another'));
  const story = (id: string) => log.story(id).map(({ json }) => JSON.parse(json).entry.message);
  expect(story('r-1')).toEqual(['within the call', 'call', 'message']);
  expect(story(String(message.sequence))).toEqual(['within the call', 'call', 'message']);
  expect(story('none')).toEqual([]);
});

test('a story whose beginning is forgotten begins with what is left', () => {
  const { trace, log } = logged(2);
  const message = trace.begin(true);
  trace.detail(entry('message'), message);
  trace.within(message, () => trace.detail(entry('first')));
  trace.within(message, () => trace.detail(entry('second')));
  expect(log.story('3')).toHaveLength(2);
});

test('what is no JSON is shown as well as can be', () => {
  const { trace, log } = logged();
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const call = (input: unknown): ObservedEntry => ({ kind: 'call', time: 0, principal: 'p', service: 's', operation: 'o', outcome: 'ok', input });
  trace.detail(call({ bytes: Buffer.from('hi'), big: 12n, map: new Map([['a', 1]]), ['__proto__']: 1, nothing: undefined }));
  trace.detail(call(circle));
  const [first, second] = log.all.map(({ json }) => JSON.parse(json).entry);
  expect(JSON.stringify(first.input)).toBe('{"bytes":"aGk=","big":"12","map":[["a",1]],"__proto__":1}');
  expect(second.outcome).toContain('It cannot be shown');
});

test('who follows is told of what comes, until it has enough', () => {
  const { trace, log } = logged();
  const told: number[] = [];
  const stop = log.follow(({ sequence }) => told.push(sequence));
  trace.detail(entry('one'));
  stop();
  trace.detail(entry('two'));
  expect(told).toEqual([1]);
  log.clear();
  expect(log.all).toEqual([]);
});
