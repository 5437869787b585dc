import { TokenBucket } from '../../../../local/services/apigatewayv2/token-bucket';

function take(bucket: TokenBucket, now: number, count: number): number {
  return Array.from({ length: count }, () => bucket.take(now)).filter(Boolean).length;
}

test('it starts full', () => {
  expect(take(new TokenBucket(1, 5), 0, 10)).toBe(5);
});

test('it refills at its rate, up to its burst', () => {
  const bucket = new TokenBucket(2, 3);
  expect(take(bucket, 1_000, 9)).toBe(3);
  expect(take(bucket, 1_499, 9)).toBe(0);
  expect(take(bucket, 1_500, 9)).toBe(1);
  expect(take(bucket, 2_500, 9)).toBe(2);
  expect(take(bucket, 1e12, 9)).toBe(3);
});

test('a rate of one in ten seconds is one in ten seconds', () => {
  const bucket = new TokenBucket(0.1, 1);
  expect([0, 9_999, 10_000, 10_001].map(now => bucket.take(now))).toEqual([true, false, true, false]);
});

test('without a burst nothing passes, ever', () => {
  expect(take(new TokenBucket(100, 0), 1e9, 5)).toBe(0);
});

test('a clock that goes back takes nothing away', () => {
  const bucket = new TokenBucket(1, 2);
  expect(bucket.take(10_000)).toBe(true);
  expect(bucket.take(5_000)).toBe(true);
  expect(bucket.take(5_000)).toBe(false);
});

test('without a rate the burst is all there is', () => {
  const bucket = new TokenBucket(0, 2);
  expect(take(bucket, 0, 5)).toBe(2);
  expect(take(bucket, 1e12, 5)).toBe(0);
});
