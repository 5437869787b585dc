import fc from 'fast-check';
import { JavaPatternError, PatternLimitError } from '../../../../local/engines/java-pattern';
import { JsonPathLimitError, JsonPathSyntaxError, compileJsonPath } from '../../../../local/engines/jsonpath';
import { hostileJson, outcome, tokens } from '../../../support/fuzz';

const paths = tokens(
  '$', '@', '.', '..', '*', '[', ']', '[*]', '[0]', '[-1]', '[1:2]', '[:', '\'a\'', '"a"', ',', 'a', 'length()', 'sum(', 'concat(', '[?(', ')]', '(', ')', '@.a', '$.a', '==', '!=', '<', '>=', '=~', '/a+/i', '/(a+)+b/',
  ' in ', ' nin ', ' subsetof ', ' empty ', ' size ', '&&', '||', '!', 'null', 'true', '1', '1.5', '-', '{', '}', ':', ' ', '__proto__', 'constructor', '\\', '\\u0041',
);

test.each(['2.0', '2.9'] as const)('a path of edition %s reads a document or is refused, and the same way twice', edition => {
  fc.assert(fc.property(paths.map(path => `$${path}`), hostileJson('b'), (path, document) => {
    const read = (): unknown => outcome([JsonPathSyntaxError, JsonPathLimitError, JavaPatternError, PatternLimitError], () => {
      const compiled = compileJsonPath(path, { edition });
      return [compiled.read(document), compiled.nodes(document), compiled.failure(document)];
    });
    expect(read()).toEqual(read());
  }), { numRuns: 2_000 });
});
