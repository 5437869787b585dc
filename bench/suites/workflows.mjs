import { createRequire } from 'node:module';
import { join } from 'node:path';
import { measureInTurn, ratePerCpuSecond } from '../support/processor.mjs';
import { row, rowWithoutYardstick } from '../support/row.mjs';
import { importLocal } from '../support/servers.mjs';
import { Yardstick } from '../support/yardstick.mjs';
import { evaluations, INPUT, JSON_PATH_WORKFLOW, jsonataWorkflow } from '../workloads/five-states.mjs';

const jsonata = createRequire(import.meta.url)('jsonata');

// It needs Node 22, which comes as a package too.
const PEER = Yardstick.ofPackages('aws-local-stepfunctions', 'aws-local-stepfunctions@3.0.0', 'node@22');
const PEER_NODE = 'node_modules/node/bin/node';

/** A function keeps the runtime from evaluating the expression without JSONata. */
const WITH_FUNCTION = '$uppercase($states.input.id)';

const CONTEXT = {
  Execution: { Id: 'arn:aws:states:us-east-1:111111111111:execution:workflow:execution', Name: 'execution', StartTime: '2026-11-20T00:00:00.000Z' },
  StateMachine: { Id: 'arn:aws:states:us-east-1:111111111111:stateMachine:workflow', Name: 'workflow' },
};

export default {
  name: 'workflows',
  about: 'Five states with a Map over ten items, one execution after the other, in both query languages.',
  async run({ quick }) {
    const { compileStateMachine } = await importLocal('engines/asl/index');
    const time = quick ? { warmup: 0.05, seconds: 0.05 } : { warmup: 1, seconds: 1 };
    const execute = definition => {
      const workflow = compileStateMachine(definition);
      return () => ratePerCpuSecond(() => workflow.execute({ input: INPUT, type: 'EXPRESS', context: CONTEXT }, HOST), time);
    };
    const evaluate = each => {
      const compiled = evaluations(each).map(text => jsonata(text));
      const states = { input: { ...INPUT, id: 'conn-0' }, context: { ...CONTEXT, Map: { Item: { Index: 0, Value: 'conn-0' } } } };
      const all = async () => {
        for (const expression of compiled) {
          await expression.evaluate(undefined, { states });
        }
      };
      return () => ratePerCpuSecond(all, time);
    };
    const compare = PEER.has(PEER_NODE) && PEER.has('node_modules/aws-local-stepfunctions');
    const samples = await measureInTurn(quick ? 1 : 5, {
      jsonPath: execute(JSON_PATH_WORKFLOW),
      ...(compare && { peer: () => PEER.answer(join(PEER.directory, PEER_NODE), ['measure.mjs', time.warmup, time.seconds]) }),
      jsonata: execute(jsonataWorkflow()),
      bare: evaluate(),
      jsonataWithFunction: execute(jsonataWorkflow(WITH_FUNCTION)),
      bareWithFunction: evaluate(WITH_FUNCTION),
    });
    const microseconds = rates => rates.map(rate => 1e6 / rate);
    const jsonPath = { measure: 'JSONPath', unit: 'executions/CPU s', ours: samples.jsonPath, goal: { atLeast: 5 } };
    const inJsonata = { unit: 'CPU µs/execution', goal: { atMost: 1.7 } };
    return [
      compare
        ? row({ ...jsonPath, yardstick: { name: PEER.name, samples: samples.peer } })
        : rowWithoutYardstick({ ...jsonPath, name: PEER.name, remedy: PEER.remedy }),
      row({ ...inJsonata, measure: 'JSONata: paths', ours: microseconds(samples.jsonata), yardstick: { name: 'its 45 evaluations alone', samples: microseconds(samples.bare) } }),
      row({
        ...inJsonata,
        measure: 'JSONata: a function for each item',
        ours: microseconds(samples.jsonataWithFunction),
        yardstick: { name: 'its 45 evaluations alone', samples: microseconds(samples.bareWithFunction) },
      }),
    ];
  },
};

const HOST = {
  task: async request => request.arguments,
  now: () => Date.now(),
  schedule: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  uuid: () => '00000000-0000-4000-8000-000000000000',
};
