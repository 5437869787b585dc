import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { row } from '../support/row.mjs';

const pathOf = name => fileURLToPath(new URL(`../../${name}`, import.meta.url));

export default {
  name: 'synthesis',
  about: 'An EventSocket on its way to a template, beside the same resources of the CDK\'s own constructs; the CDK\'s validation is off.',
  async run({ quick }) {
    const output = execFileSync(process.execPath, ['--import', 'tsx', pathOf('bench/workloads/synthesis.ts'), quick ? '2' : '40'], {
      env: { ...process.env, CDK_VALIDATION: 'false', TSX_TSCONFIG_PATH: pathOf('tsconfig.dev.json') },
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    });
    const { resources, rounds } = JSON.parse(output.trim().split('\n').at(-1));
    // What is compiled at first is not what the next rounds cost.
    const warm = rounds.slice(Math.floor(rounds.length / 4));
    return [
      row({ measure: 'synthesis', unit: 'ms', ours: warm.map(({ socket }) => socket), yardstick: { name: 'by hand', samples: warm.map(({ byHand }) => byHand) }, goal: { atMost: 1.3 } }),
      row({ measure: 'resources of an EventSocket', unit: 'resources', ours: [resources], yardstick: { name: 'most that it may have', samples: [35] }, goal: { atMost: 1 } }),
    ];
  },
};
