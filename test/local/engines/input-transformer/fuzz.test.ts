import fc from 'fast-check';
import { InvalidTargetInputError, TargetInputProperties, compileTargetInput } from '../../../../local/engines/input-transformer';
import { hostileJson, outcome, tokens } from '../../../support/fuzz';

const RULE = { name: 'rule', arn: 'arn:aws:events:us-east-1:123456789012:rule/rule', ingestionTime: '2026-01-01T00:00:00Z' };

const templates = tokens('<a>', '<b>', '<', '>', '<aws.events.event>', '<aws.events.event.json>', '<__proto__>', '{', '}', '[', ']', ':', ',', '"', '"x"', '\\', '1', 'null', ' ', '\n');
const paths = tokens('$', '.', 'a', 'detail', '[', ']', '0', '*', '\'a\'', '__proto__', ' ');

test('a target is handed a text, handed nothing, or refused, and the same way twice', () => {
  const targets: fc.Arbitrary<TargetInputProperties> = fc.oneof(
    fc.record({ Input: tokens('{', '}', '"a"', ':', ',', '1', '[', ']', ' ') }),
    fc.record({ InputPath: paths }),
    fc.record({ InputTransformer: fc.record({ InputPathsMap: fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor'), paths.map(path => `$${path}`)), InputTemplate: templates }) }),
  );
  const events = hostileJson('detail').filter((value): value is object => typeof value === 'object' && value !== null);
  fc.assert(fc.property(targets, events, (target, event) => {
    const render = (): unknown => outcome([InvalidTargetInputError], () => compileTargetInput(target).render(event, RULE));
    expect(render()).toEqual(render());
  }), { numRuns: 3_000 });
});
