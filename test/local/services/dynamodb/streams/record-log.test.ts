import { RecordLog, RETENTION } from '../../../../../local/services/dynamodb/streams/record-log';
import { StreamRecord } from '../../../../../local/services/dynamodb/streams/stream-record';

const record = (time: number, size = 0): StreamRecord => ({ eventName: 'INSERT', time, keys: { pk: { N: String(time) } }, size, expired: false });
const times = (log: RecordLog, position: number, limit = 1e6) => log.read(position, limit, Infinity).map(({ time }) => time);

test('positions stay what they are while the oldest records go', () => {
  const log = new RecordLog();
  for (let time = 0; time < 5000; time++) {
    log.append(record(time));
  }
  for (const now of [10, 999, 1000, 1001, 1500, 3000, 4998]) {
    log.trim(RETENTION + now);
    expect([log.start, log.end]).toEqual([now, 5000]);
    expect(times(log, log.start, 2)).toEqual([now, now + 1]);
    expect(times(log, 4999)).toEqual([4999]);
  }
  log.trim(RETENTION + 5000);
  expect([log.start, log.end]).toEqual([5000, 5000]);
  log.append(record(6000));
  expect(times(log, 5000)).toEqual([6000]);
});

test('more than it may keep goes before its time', () => {
  const log = new RecordLog(10_000);
  for (let time = 0; time < 100; time++) {
    log.append(record(time, 800));
  }
  expect([log.start, log.end]).toEqual([90, 100]);
  log.append(record(100, 9_800));
  expect([log.start, log.end]).toEqual([100, 101]);
});
