import { numberBytes } from '../../../../../local/services/dynamodb/values/number-bytes';

test.each([
  ['0', '80'], ['1', 'c102'], ['10', 'c10b'], ['100', 'c202'], ['12345678', 'c40d23394f'], ['0.5', 'c033'], ['0.05', 'c006'],
  ['-1', '3e6466'], ['-10', '3e5b66'],
])('%s is %s', (number, hex) => {
  expect(numberBytes(number).toString('hex')).toBe(hex);
});

test('the bytes are in the order of the numbers', () => {
  const ascending = [`-${'9'.repeat(38)}`, '-100', '-12.5', '-12', '-1.5', '-1', '-0.5', '-0.05', '0', '0.05', '0.5', '1', '1.5', '12', '12.5', '100', '9'.repeat(38)];
  const sorted = ascending.map(numberBytes).sort(Buffer.compare);
  expect(sorted).toEqual(ascending.map(numberBytes));
});
