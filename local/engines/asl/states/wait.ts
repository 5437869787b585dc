/** Wait states: let time pass, then hand on their input. */
import { runtimeFault } from '../errors';
import { chain } from '../maybe-promise';
import { CompiledState } from '../state';
import { StateCompiler } from '../state-compiler';

const SECONDS = { minimum: 0, maximum: 99_999_999, integer: true };
// AWS keeps the days of a delay times its seconds in 32 bits.
const MAX_DELAY_MILLISECONDS = (2 ** 31 - 1) * 1000;

/** Compiles a Wait state. */
export function compileWait(state: StateCompiler): CompiledState {
  const { node, name, language } = state;
  const dataFlow = language.dataFlow(node);
  const next = state.successor();
  const seconds = language.number(node, 'Seconds', SECONDS);
  const until = language.timestamp(node);
  if (!seconds && !until) node.report('One of the fields "Seconds" and "Timestamp" is required but was missing');
  if (seconds && until) node.report('Only one of the fields "Seconds" and "Timestamp" may be given');
  return {
    name,
    type: 'Wait',
    run: visit => {
      visit.next = next.state;
      return chain(dataFlow.argument(visit), argument => {
        const delay = seconds
          ? chain(seconds(visit, argument), value => value * 1000)
          : chain(until?.(visit, argument) ?? 0, instant => instant - visit.host.now());
        return chain(delay, milliseconds => {
          if (milliseconds > MAX_DELAY_MILLISECONDS) throw runtimeFault('Wait state delay is too long.');
          if (milliseconds <= 0) return dataFlow.finish(visit, argument);
          return visit.branch.sleep(milliseconds).then(() => dataFlow.finish(visit, argument));
        });
      });
    },
  };
}
