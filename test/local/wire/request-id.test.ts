import { longRequestId } from '../../../local/wire/request-id';

test('a long id has the form of the services that have it, and is told by the short one', () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => longRequestId(String(index)));
  ids.forEach(id => expect(id).toMatch(/^[A-Z2-7]{52}$/));
  expect(new Set(ids).size).toBe(ids.length);
  expect(longRequestId('a')).toBe('ZKLYCEWKDO64V6WCGGZZUI64JWTYN37YCR6E44VZQB3YLL7OJC5Q');
});
