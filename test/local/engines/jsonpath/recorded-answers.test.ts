import * as recorded from './recorded-answers.json';
import { compileJsonPath } from '../../../../local/engines/jsonpath';

describe('answers recorded from Jayway JsonPath 2.0.0', () => {
  test.each(recorded.cases)('$path in $document', ({ path, document, json }) => {
    const value = compileJsonPath(path, { edition: '2.0' }).read(document) ?? '';
    expect(value).toEqual(JSON.parse(json));
  });
});
