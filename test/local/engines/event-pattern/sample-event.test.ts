import { InvalidSampleEventError, parseSampleEvent } from '../../../../local/engines/event-pattern';

const event = {
  'id': '1', 'account': '123456789012', 'source': 'my.source', 'time': '2022-07-13T13:48:01Z', 'region': 'us-east-2', 'detail-type': 'type',
};

test('a sample event needs the fields of an event, but neither resources nor a detail', () => {
  expect(parseSampleEvent(JSON.stringify(event))).toEqual(event);
});

test.each([
  '', 'plain string', '"text"', 'null', '[]', '1', '{}', JSON.stringify({ testEvent: 'value' }),
  ...Object.keys(event).map(name => JSON.stringify({ ...event, [name]: undefined })),
])('%s is refused', text => {
  expect(() => parseSampleEvent(text)).toThrow(new InvalidSampleEventError());
  expect(() => parseSampleEvent(text)).toThrow('Parameter Event is not valid.');
});

test('inherited names are no fields', () => {
  expect(() => parseSampleEvent(`{"__proto__": ${JSON.stringify(event)}}`)).toThrow(InvalidSampleEventError);
});
