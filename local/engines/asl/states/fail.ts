/** Fail states: end their branch with an error. */
import { StatesError } from '../errors';
import { MaybePromise, chain } from '../maybe-promise';
import { Field } from '../query-language';
import { CompiledState, Visit } from '../state';
import { StateCompiler } from '../state-compiler';

/** Compiles a Fail state. */
export function compileFail({ node, name, language }: StateCompiler): CompiledState {
  const error = language.text(node, 'Error');
  const cause = language.text(node, 'Cause');
  return {
    name,
    type: 'Fail',
    run: visit => {
      if (visit.inspection && language.name === 'JSONPath') visit.inspection.afterInputPath = visit.input;
      return chain(read(error, visit), errorText => chain(read(cause, visit), causeText => {
        throw new StatesError(errorText, causeText);
      }));
    },
  };
}

function read(field: Field<string> | undefined, visit: Visit): MaybePromise<string | undefined> {
  return field?.(visit, visit.input);
}
