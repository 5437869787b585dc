// Runs the JSONPath workflow for so many seconds, and prints how often that was in a second of processor time. Usage: measure.mjs <warmup> <seconds>
import { StateMachine } from 'aws-local-stepfunctions';
import { ratePerCpuSecond } from '../../support/processor.mjs';
import { INPUT, JSON_PATH_WORKFLOW } from '../../workloads/five-states.mjs';

const [warmup, seconds] = process.argv.slice(2).map(Number);
const machine = new StateMachine(JSON_PATH_WORKFLOW, { validationOptions: { checkPaths: true, checkArn: true } });
const options = { overrides: { taskResourceLocalHandlers: { Post: async input => input } } };
console.log(JSON.stringify(await ratePerCpuSecond(() => machine.run(INPUT, options).result, { warmup, seconds })));
