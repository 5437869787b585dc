import { FakeClock } from './fake-clock';
import { Faults } from '../../local/faults/faults';
import { Principal, ResourceRequest, ServiceFactory, TraceEntry } from '../../local/kernel/contracts';
import { Kernel } from '../../local/kernel/kernel';
import { createResource } from '../../local/kernel/properties';
import { systemRandomness } from '../../local/kernel/randomness';
import { Trace } from '../../local/kernel/trace';

export const ACCOUNT: Principal = { kind: 'account', arn: 'arn:aws:iam::000000000000:root' };

/** A kernel with the services under test, a clock that stands still, and everything that it traced. */
export class TestKernel {
  readonly clock = new FakeClock(Date.UTC(2026, 0, 2, 3, 4, 5));
  readonly entries: TraceEntry[] = [];
  readonly kernel: Kernel;
  readonly faults: Faults;
  /** How often a fault has killed the process. */
  kills = 0;
  /** Where the runtime listens, when a test makes it. */
  endpoint = 'http://127.0.0.1:9';
  /** What a text is on this machine, when a test makes it another. */
  localValue?: (text: string) => string;

  constructor(...services: ServiceFactory[]) {
    const trace = new Trace();
    trace.subscribe(entry => this.entries.push(entry));
    this.faults = new Faults({ clock: this.clock, trace, kill: () => this.kills++ });
    this.kernel = new Kernel({
      faults: this.faults,
      services,
      clock: this.clock,
      randomness: systemRandomness,
      trace,
      endpoint: () => this.endpoint,
      localValue: text => this.localValue?.(text) ?? text,
    });
  }

  /** Makes a resource as provisioning would. */
  async create(type: string, properties: object, logicalId: string = 'Thing') {
    const resourceType = [...this.kernel.services].map(service => service.resourceTypes[type]).find(Boolean);
    const request: ResourceRequest = {
      type,
      logicalId,
      constructPath: `Stack/${logicalId}/Resource`,
      stackName: 'Stack',
      environment: { account: '000000000000', region: 'us-east-1', partition: 'aws', urlSuffix: 'amazonaws.com' },
      properties,
      generateName: maxLength => `Stack-${logicalId}-ABCDEFGHIJKL`.slice(0, maxLength),
      generateId: length => 'abcdefghijklmnopqrstuvwxyz'.slice(0, length),
    };
    return createResource(resourceType!, request);
  }

  /** A role that a service may assume, allowed the given actions on everything. */
  role(name: string, service: string, ...actions: string[]): string {
    const arn = `arn:aws:iam::000000000000:role/${name}`;
    this.kernel.roles.define({
      arn,
      name,
      trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] },
      policies: actions.length === 0 ? [] : [{ name: 'Policy', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] } }],
    });
    return arn;
  }

  call(service: string, operation: string, input: object, principal: Principal = ACCOUNT): Promise<any> {
    return this.kernel.invoke({ principal, service, operation, input });
  }
}

/** Lets work that nobody waits for come to its end. */
export async function eventually<Result>(look: () => Result | undefined | false): Promise<Result> {
  for (let attempt = 0; attempt < 10_000; attempt++) {
    const found = look();
    if (found) {
      return found;
    }
    await new Promise(resolve => setImmediate(resolve));
  }
  throw new Error('It did not happen.');
}
