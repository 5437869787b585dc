import { addNumbers, compareNumbers, normalizeNumber, numberSize, sortableNumber, subtractNumbers } from '../../../../../local/services/dynamodb/values/decimal';

const OVERFLOW = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
const UNDERFLOW = 'Number underflow. Attempting to store a number with magnitude smaller than supported range';
const NOT_NUMERIC = 'The parameter cannot be converted to a numeric value';
const NO_NUMBER = `${NOT_NUMERIC}: `;

test.each([
  ['0', '0'], ['-0', '0'], ['+5', '5'], ['007', '7'], ['1.50', '1.5'], ['.5', '0.5'], ['5.', '5'], ['-0.00', '0'], ['0042.1200', '42.12'], ['1e3', '1000'], ['1E-3', '0.001'],
  ['12.5e1', '125'], ['-1.5e-2', '-0.015'], ['100', '100'], ['0e125', '0'], ['1e125', `1${'0'.repeat(125)}`], ['1e-130', `0.${'0'.repeat(129)}1`],
  ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'], ['9007199254740993', '9007199254740993'],
  [`${'9'.repeat(38)}e88`, `${'9'.repeat(38)}${'0'.repeat(88)}`], [`1${'0'.repeat(100)}`, `1${'0'.repeat(100)}`],
])('%s is stored as %s', (text, stored) => {
  expect(normalizeNumber(text)).toBe(stored);
  expect(normalizeNumber(stored)).toBe(stored);
});

test.each([
  ['1e126', OVERFLOW], ['-1e126', OVERFLOW], ['0e126', OVERFLOW], ['1e99999999999', OVERFLOW], ['1e-131', UNDERFLOW], ['0e-131', UNDERFLOW], ['1e-99999999999', UNDERFLOW],
  ['1e2147483648', OVERFLOW], ['1e9223372036854775808', `${NO_NUMBER}1e9223372036854775808`],
  ['1234567890123456789012345678901234567891', 'Attempting to store more than 38 significant digits in a Number'],
  ...['', ' ', ' 1', '1 ', 'abc', '1.2.3', '0x10', '1e', 'e1', '.', '-', '--1', 'NaN', 'Infinity', '1_000', '١', '1\n'].map((text): [string, string] => [text, `${NO_NUMBER}${text}`]),
])('%p is refused', (text, message) => {
  expect(() => normalizeNumber(text)).toThrow(expect.objectContaining({ code: 'ValidationException', message }));
});

test('a number of a million digits is refused, and not computed', () => {
  expect(() => normalizeNumber('9'.repeat(1_000_000))).toThrow(OVERFLOW);
  expect(() => normalizeNumber(`1e${'9'.repeat(1_000_000)}`)).toThrow(NO_NUMBER);
});

const ASCENDING = [
  '-9.9e125', '-1e125', '-100', '-12.5', '-12', '-1.1', '-1', '-0.5', '-0.05', '-1e-130', '0', '1e-130', '0.05', '0.5', '1', '1.1', '9', '10', '12', '12.5', '100',
  '9007199254740992', '9007199254740993', '12345678901234567890123456789012345678', '1e125', '9.9e125',
].map(normalizeNumber);

test('numbers compare, and sort as texts, in their order', () => {
  for (const [left, one] of ASCENDING.entries()) {
    for (const [right, other] of ASCENDING.entries()) {
      expect(Math.sign(compareNumbers(one, other))).toBe(Math.sign(left - right));
      expect(sortableNumber(one) < sortableNumber(other)).toBe(left < right);
    }
  }
});

test.each([
  ['0.1', '0.2', '0.3', '-0.1'],
  ['1', '1', '2', '0'],
  ['-1', '1', '0', '-2'],
  ['9007199254740993', '2', '9007199254740995', '9007199254740991'],
  ['99999999999999999999999999999999999999', '0', '99999999999999999999999999999999999999', '99999999999999999999999999999999999999'],
  [normalizeNumber('1e-130'), '0', normalizeNumber('1e-130'), normalizeNumber('1e-130')],
  [normalizeNumber('1e-130'), normalizeNumber('1e-130'), normalizeNumber('2e-130'), '0'],
])('%s and %s', (left, right, sum, difference) => {
  expect(addNumbers(left, right)).toBe(sum);
  expect(subtractNumbers(left, right)).toBe(difference);
});

test('a result that cannot be stored is refused', () => {
  expect(() => addNumbers(normalizeNumber('1e125'), '1')).toThrow('38 significant digits');
  expect(() => addNumbers(normalizeNumber('9e125'), normalizeNumber('9e125'))).toThrow(OVERFLOW);
});

test.each([['0', 1], ['1', 2], ['-1', 3], ['12', 2], ['123', 3], ['123456', 4], ['3.14159', 5], ['100', 2], ['0.001', 2], ['1e125', 2], ['0.5', 2], ['10.5', 3]])(
  '%s takes %d bytes', (text, size) => {
    expect(numberSize(normalizeNumber(text))).toBe(size);
  },
);
