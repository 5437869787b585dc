import { plainScalar } from '../../../../../local/kernel/template/file/plain-scalar';

test.each<[string, unknown]>([
  ['', null], ['~', null], ['null', null], ['NULL', null], ['nuLL', 'nuLL'],
  ['true', true], ['Yes', true], ['on', true], ['off', false], ['NO', false], ['tRUE', 'tRUE'],
  // The types of DynamoDB's attributes, which are no booleans.
  ['N', 'N'], ['y', 'y'], ['S', 'S'],
  ['0', 0], ['-0', 0], ['+5', 5], ['-42', -42], ['1_000', 1000], ['_1', '_1'], ['-', '-'],
  ['0755', 493], ['012345670123', 1402433619], ['0b101', 5], ['0x1F', 31], ['-010', -8], ['0b', '0b'], ['0_', '0_'], ['0x_', '0x_'],
  // An account's number that is no octal one keeps its zero.
  ['012345678901', '012345678901'], ['123456789012', 123456789012], ['12345678901234567890', '12345678901234567890'],
  ['1.5', 1.5], ['1.', 1], ['.5', 0.5], ['-1.5e3', -1500], ['1e3', 1000], ['1e999', '1e999'], ['.', '.'], ['1.2.3', '1.2.3'], ['.inf', '.inf'], ['.nan', '.nan'], ['Infinity', 'Infinity'],
  ['1:30', 90], ['01:30', '01:30'], ['1:60', '1:60'], ['-1:30', -90],
  ['2012-10-17', '2012-10-17'], ['2010-09-09', '2010-09-09'], ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
  ['=', '='], ['<<', '<<'], ['$default', '$default'], ['/200/', '/200/'],
])('%s', (text, expected) => {
  expect(plainScalar(text)).toBe(expected);
});
