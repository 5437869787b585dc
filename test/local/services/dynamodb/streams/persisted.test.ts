import { StreamReader, TableName } from './stream-reader';
import { FakeClock } from '../../../../support/fake-clock';
import { FakeStorage } from '../../../../support/fake-storage';
import { NOW, tableOf } from '../helpers';

let storage: FakeStorage;
let reader: StreamReader;

beforeEach(async () => {
  storage = new FakeStorage();
  reader = new StreamReader(storage);
  await reader.call('CreateTable', tableOf(TableName, { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } }));
  await reader.find();
});

test('a later process has the same stream, whose numbers go on', async () => {
  await reader.put('a');
  const [{ dynamodb: { SequenceNumber: before } }] = await reader.records();
  const restarted = new StreamReader(storage, new FakeClock(NOW + 5000));
  await restarted.find();
  expect(restarted.streamArn).toBe(reader.streamArn);
  await restarted.put('b');
  expect(await restarted.events()).toEqual(['INSERT b']);
  expect(BigInt((await restarted.records())[0].dynamodb.SequenceNumber)).toBeGreaterThan(BigInt(before));
});

test('a write that could not be stored is told, and that it was taken back', async () => {
  await reader.put('a', { n: { N: '1' } });
  storage.failNext('before');
  expect(await reader.refusal('PutItem', { TableName, Item: { pk: { S: 'a' }, n: { N: '2' } } })).toMatch(/^InternalServerError/);
  const records = await reader.records();
  expect(records.map(({ dynamodb }) => dynamodb.NewImage.n.N)).toEqual(['1', '2', '1']);
});

test('a deletion that could not be stored leaves table and stream open', async () => {
  storage.failNext('before');
  expect(await reader.refusal('DeleteTable', { TableName })).toMatch(/^InternalServerError/);
  await reader.put('a');
  expect((await reader.call('DescribeStream', { StreamArn: reader.streamArn })).StreamDescription.StreamStatus).toBe('ENABLED');
  expect(await reader.events()).toEqual(['INSERT a']);
});

test('a stream that could not be stored as disabled goes on', async () => {
  storage.failNext('before');
  expect(await reader.refusal('UpdateTable', { TableName, StreamSpecification: { StreamEnabled: false } })).toMatch(/^InternalServerError/);
  await reader.put('a');
  expect(await reader.events()).toEqual(['INSERT a']);
});
