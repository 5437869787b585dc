import { ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Writers } from '../../test/local/cli/writers';
import { Attack } from '../support/attack';
import { Random } from '../support/random';
import { temporaryDirectory } from '../support/synthesize';

const ROOT = join(__dirname, '../..');
const COMMAND = join(ROOT, 'bin/lambdaless.js');
const KILLS = 50;
const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: { BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
};

/** A runtime that keeps data is killed while it writes, from outside at any instant, or from within around a write: what it has acknowledged is there afterwards. */
export const attack: Attack = {
  name: 'kill',
  async run({ seconds, seed }) {
    const kills = seconds === undefined ? KILLS : Math.max(2, Math.min(KILLS, Math.round(seconds / 5)));
    const random = new Random(seed);
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'shop.json'), JSON.stringify({ Resources: { One: TABLE, Two: TABLE }, Outputs: { One: { Value: { Ref: 'One' } }, Two: { Value: { Ref: 'Two' } } } }));
    const writers = new Writers();
    const starts: number[] = [];
    let lost = 0;
    for (let round = 0; round <= kills; round++) {
      const fault = round < kills && random.chance(0.5) ? { storage: 'write', process: 'killed', skip: random.below(100), when: random.pick(['before', 'after']) } : undefined;
      const runtime = await start(directory, fault);
      starts.push(runtime.milliseconds);
      const client = new DynamoDBClient({ endpoint: runtime.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 });
      try {
        await writers.verify(client, runtime.tables);
      } catch (error) {
        lost++;
        process.stderr.write(`  after kill ${round}: ${(error as Error).message}\n`);
      }
      if (round < kills) {
        // The one that comes first ends it.
        await writers.write(client, runtime.tables, () => runtime.child.kill('SIGKILL'));
      } else {
        runtime.child.kill('SIGKILL');
      }
      await runtime.ended;
      client.destroy();
    }
    return [
      { measure: `acknowledged writes that are not there, after ${kills} kills`, figure: lost, unit: 'lost', goal: { atMost: 0 } },
      { measure: 'writes acknowledged', figure: writers.acknowledged, unit: 'writes', goal: { atLeast: kills } },
      { measure: 'longest start after a kill', figure: Math.max(...starts.slice(1)) / 1000, unit: 's', goal: { atMost: 2 } },
      { measure: 'usual start after a kill', figure: starts.slice(1).sort((left, right) => left - right)[Math.floor((starts.length - 1) / 2)] / 1000, unit: 's' },
    ];
  },
};

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  readonly endpoint: string;
  readonly tables: Record<string, string>;
  readonly milliseconds: number;
}

async function start(directory: string, fault?: object): Promise<Started> {
  const faults = join(directory, 'faults.json');
  writeFileSync(faults, JSON.stringify({ rules: fault ? [fault] : [] }));
  const began = performance.now();
  const child = spawn(process.execPath, [COMMAND, 'local', '--template', join(directory, 'shop.json'), '--stack-name', 'shop', '--data', join(directory, 'data'), '--faults', faults, '--json', '--port', '0', '--quiet'], {
    cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  const ready = await new Promise<{ endpoint: string; outputs: Record<string, Record<string, string>> }>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', data => {
      output += data;
      if (output.includes('\n')) {
        resolve(JSON.parse(output));
      }
    });
    void ended.then(() => reject(new Error('The runtime did not start.')));
  });
  return { child, ended, endpoint: ready.endpoint, tables: ready.outputs.shop, milliseconds: performance.now() - began };
}
