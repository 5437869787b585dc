import { systemClock } from './kernel/clock';
import { Assumption } from './kernel/contracts';
import { Deployment } from './kernel/deployment';
import { environmentOf } from './kernel/environment';
import { systemRandomness } from './kernel/randomness';
import { RehearsalFinding, RehearsalKernel } from './kernel/rehearsal';
import { TYPES_WITHOUT_EFFECT } from './kernel/stand-in';
import { StackTemplate } from './kernel/template';
import { Trace } from './kernel/trace';
import { UnsupportedResource } from './kernel/unsupported-resource';
import { SERVICES } from './main';

/** A resource of the templates, and what the runtime makes of it. */
export interface CheckedResource {
  readonly stackName: string;
  readonly constructPath: string;
  readonly type: string;
  readonly status: 'emulated' | 'withoutEffect' | 'notEmulated';
  /** Why it is not emulated. */
  readonly reason?: string;
}

/** What can be told of templates before they run. */
export interface CheckReport {
  readonly resources: readonly CheckedResource[];
  /** Calls that will fail, and calls of which that cannot be told. */
  readonly findings: readonly RehearsalFinding[];
  /** What is assumed about the services that the templates use. */
  readonly assumptions: ReadonlyArray<Assumption & { readonly service: string }>;
}

/** Deploys the templates where nothing listens, and tries each call that they will make. */
export async function check(stacks: readonly StackTemplate[]): Promise<CheckReport> {
  const unsupported: UnsupportedResource[] = [];
  const kernel = new RehearsalKernel({
    services: SERVICES, clock: systemClock, randomness: systemRandomness, trace: new Trace(), endpoint: () => 'http://127.0.0.1', environment: environmentOf(stacks[0]),
  });
  const deployment = new Deployment(kernel, resource => unsupported.push(resource) > 0);
  const changes = await deployment.deploy(stacks);
  try {
    const findings = await kernel.rehearse();
    const resources = changes.map(({ stackName, logicalId, constructPath, type }): CheckedResource => {
      const problem = unsupported.find(({ request }) => request.stackName === stackName && request.logicalId === logicalId);
      const common = { stackName, constructPath: constructPath.replace(/\/Resource$/, ''), type };
      return problem ? { ...common, status: 'notEmulated', reason: problem.reason } : { ...common, status: TYPES_WITHOUT_EFFECT.includes(type) ? 'withoutEffect' : 'emulated' };
    });
    const types = new Set(changes.map(({ type }) => type));
    const assumptions = [...kernel.services]
      .filter(service => Object.keys(service.resourceTypes).some(type => types.has(type)))
      .flatMap(service => (service.assumptions ?? []).map(assumption => ({ service: service.name, ...assumption })));
    return { resources, findings, assumptions };
  } finally {
    for (const service of kernel.services) {
      await service.stop?.();
    }
  }
}
