import { VirtualHost } from '../../local/cli/engines/virtual-host';
import { compileStateMachine } from '../../local/engines/asl';

const CONTEXT = {
  Execution: { Id: 'arn:aws:states:us-east-1:111111111111:execution:workflow:execution', Name: 'execution', RoleArn: 'arn:aws:iam::111111111111:role/workflow', RedriveCount: 0, StartTime: '' },
  StateMachine: { Id: 'arn:aws:states:us-east-1:111111111111:stateMachine:workflow', Name: 'workflow' },
};

/** Evaluates expressions of a workflow, each with the variables that it names, within the limits of Step Functions. */
export function expressionEvaluator(expression: string, ...variables: readonly string[]): (values: Record<string, unknown>) => Promise<any> {
  const workflow = compileStateMachine(JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Variables',
    States: {
      Variables: { Type: 'Pass', Assign: Object.fromEntries(variables.map(name => [name, `{% $states.input.${name} %}`])), Next: 'Evaluate' },
      Evaluate: { Type: 'Pass', Output: `{% ${expression} %}`, End: true },
    },
  }));
  return async values => {
    const result = await workflow.execute({ input: values as any, type: 'EXPRESS', context: CONTEXT }, new VirtualHost());
    if (result.status !== 'SUCCEEDED') {
      throw new Error(`${result.error}: ${result.cause}`);
    }
    return result.output;
  };
}
