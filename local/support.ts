import { SERVERLESS_TYPES } from './engines/sam';
import { faultAssumptions } from './faults/assumptions';
import { systemClock } from './kernel/clock';
import { Assumption, Service } from './kernel/contracts';
import { Kernel } from './kernel/kernel';
import { systemRandomness } from './kernel/randomness';
import { TYPES_WITHOUT_EFFECT } from './kernel/stand-in';
import { Trace } from './kernel/trace';
import { SERVICES } from './main';

/** What the runtime emulates of one service. */
export interface SupportedService {
  readonly name: string;
  readonly operations: readonly string[];
  readonly resourceTypes: ReadonlyArray<{ readonly type: string; readonly used: readonly string[]; readonly withoutEffect: readonly string[] }>;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly assumptions: readonly Assumption[];
}

/** What the runtime emulates, as its services themselves tell it. */
export interface Support {
  readonly services: readonly SupportedService[];
  readonly typesWithoutEffect: readonly string[];
  /** The types of SAM, which become others. */
  readonly serverlessTypes: readonly string[];
}

/** Asks every service what it emulates. */
export function support(): Support {
  const kernel = new Kernel({ services: SERVICES, clock: systemClock, randomness: systemRandomness, trace: new Trace(), endpoint: () => 'http://127.0.0.1' });
  const services = [...kernel.services].map(describe).sort((left, right) => left.name < right.name ? -1 : 1);
  return { services, typesWithoutEffect: TYPES_WITHOUT_EFFECT, serverlessTypes: SERVERLESS_TYPES };
}

function describe({ name, operations, resourceTypes, supports = {}, assumptions = [] }: Service): SupportedService {
  return {
    name,
    operations: Object.keys(operations).sort(),
    resourceTypes: Object.entries(resourceTypes).map(([type, { properties: { used, withoutEffect = [] } }]) => ({
      type, used: [...used].sort(), withoutEffect: [...withoutEffect].sort(),
    })).sort((left, right) => left.type < right.type ? -1 : 1),
    lists: supports,
    assumptions: [...assumptions, ...faultAssumptions(name)],
  };
}
