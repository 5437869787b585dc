import { longRequestId } from '../../../local/wire/request-id';

test('a long id has the form of the services that have it, and is told by the short one', () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => longRequestId(`3f0c5b1e-0000-4000-8000-${String(index).padStart(12, '0')}`));
  ids.forEach(id => expect(id).toMatch(/^[A-Z2-7]{52}$/));
  expect(new Set(ids).size).toBe(ids.length);
  expect(longRequestId('a')).toBe('4JGJ5NXVCC33IWNKCDEGEV222M6AD6GJ7BRC7SI55ILY4ABTJYHJ');
});

test('ids that differ in one character have little in common', () => {
  const [left, right] = ['3f0c5b1e-0000-4000-8000-000000000001', '3f0c5b1e-0000-4000-8000-000000000002'].map(longRequestId);
  const common = [...left].filter((digit, index) => digit === right[index]).length;
  expect(left).not.toBe(right);
  expect(common).toBeLessThan(40);
});
