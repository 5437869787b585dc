/** The way of data through a JSONata state: Arguments in, Output and Assign out. */
import { assignVariables } from '../assignment';
import { DefinitionNode } from '../definition-node';
import { isObject } from '../json';
import { MaybePromise, chain } from '../maybe-promise';
import { checkPayload } from '../payload';
import { DataFlow } from '../query-language';
import { Visit } from '../state';
import { Template, compileTemplate } from './jsonata-template';

type Evaluate = (visit: Visit) => MaybePromise<unknown>;

/** Compiles Arguments, Output and Assign of a state, a rule or a catcher. */
export function compileDataFlow(node: DefinitionNode, label = ''): DataFlow {
  const evaluateArguments = node.has('Arguments') ? evaluation(compileTemplate(node.value('Arguments'), node, 'Arguments')) : undefined;
  const isTask = node.value('Type') === 'Task';
  return {
    argument: visit => {
      const argument = evaluateArguments ? evaluateArguments(visit) : visit.input;
      return visit.inspection && isTask ? chain(argument, value => inspectArguments(visit, value)) : argument;
    },
    finish: compileFinish(node, label),
  };
}

function inspectArguments({ inspection }: Visit, value: unknown): unknown {
  inspection!.afterArguments = value;
  return value;
}

/** Compiles Output and Assign; without an Output, the given value is the output. */
export function compileFinish(node: DefinitionNode, label = ''): (visit: Visit, otherwise: unknown) => MaybePromise<void> {
  const evaluateOutput = node.has('Output') ? evaluation(compileTemplate(node.value('Output'), node, `${label}Output`)) : undefined;
  const evaluateAssign = compileAssign(node, label);
  const leave = (visit: Visit, output: unknown): void => {
    // A large input has been checked where it came from.
    if (output !== visit.input) checkPayload(output, visit.state.name);
    visit.output = output;
  };
  if (!evaluateAssign) {
    if (!evaluateOutput) return leave;
    return visit => chain(evaluateOutput(visit), output => leave(visit, output));
  }
  // Output sees the variables as they were before this state assigned any.
  return (visit, otherwise) => chain(evaluateOutput ? evaluateOutput(visit) : otherwise, output => chain(evaluateAssign(visit), assigned => {
    assignVariables(visit, new Map(Object.entries(assigned as object)));
    leave(visit, output);
  }));
}

function compileAssign(node: DefinitionNode, label: string): Evaluate | undefined {
  const assign = node.value('Assign');
  if (assign === undefined) return undefined;
  if (!isObject(assign)) {
    node.report('Expected value of type Object', 'Assign');
    return undefined;
  }
  return evaluation(compileTemplate(assign, node, `${label}Assign`));
}

function evaluation({ evaluate, constant }: Template): Evaluate {
  return evaluate ?? (() => constant);
}
