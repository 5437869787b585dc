import { CLIENT } from './callers';
import { checkFault } from './check-fault';
import { FaultFileError } from './fault-file-error';
import { CallSubject, Fault, FaultRule, FaultSubject } from './fault-plan';
import { integer, isObject, Members, oneOf, refuseUnknown, share, text } from './members';
import { Service } from '../kernel/contracts';

const COMMON = ['name', 'share', 'skip', 'times', 'when'];
const SUBJECTS = ['service', 'operation', 'resource', 'caller', 'socket', 'http', 'storage'];
const FAULTS = ['error', 'delay', 'duplicate', 'connection', 'process'];
const MOST = Number.MAX_SAFE_INTEGER;

/** What can happen to what. */
const POSSIBLE: Readonly<Record<FaultSubject['kind'], readonly string[]>> = {
  call: FAULTS, http: ['error', 'delay', 'connection'], socket: ['connection'], storage: ['process'],
};

/** Checks one rule of a file; `place` is where it stands. */
export function checkRule(given: unknown, place: string, services: ReadonlyMap<string, Service>): FaultRule {
  if (!isObject(given)) {
    throw new FaultFileError(`${place} is ${JSON.stringify(given)}, and has to be an object such as { service: dynamodb, share: 0.05, error: throttled }.`);
  }
  refuseUnknown(given, [...COMMON, ...SUBJECTS, ...FAULTS], place);
  const subject = checkSubject(given, place, services);
  const named = FAULTS.filter(name => Object.hasOwn(given, name));
  if (named.length !== 1) {
    throw new FaultFileError(`${place} ${named.length === 0 ? 'has no fault' : `has ${named.join(' and ')}`}: give one of ${POSSIBLE[subject.kind].join(', ')}.`);
  }
  const [name] = named;
  if (!POSSIBLE[subject.kind].includes(name)) {
    throw new FaultFileError(`${place}: ${name} is no fault of ${given[subject.kind] === undefined ? 'a call' : `"${subject.kind}"`}, which may have ${POSSIBLE[subject.kind].join(', ')}.`);
  }
  const fault = checkFault(name, given[name], `${place}: ${name}`, subject);
  return {
    name: given.name === undefined ? place : text(given.name, `${place}: name`),
    subject,
    fault,
    share: share(given.share, `${place}: share`),
    skip: integer(given.skip, `${place}: skip`, 0, MOST),
    times: integer(given.times, `${place}: times`, MOST, MOST, 1),
    when: checkWhen(given, place, fault),
  };
}

function checkWhen(given: Members, place: string, { kind }: Fault): FaultRule['when'] {
  if (given.when === undefined) {
    return 'before';
  }
  if (kind === 'duplicate') {
    throw new FaultFileError(`${place}: a duplicate always comes after the call, and has no "when": the number of milliseconds says how much later.`);
  }
  return oneOf(given.when, `${place}: when`, ['before', 'after']);
}

function checkSubject(given: Members, place: string, services: ReadonlyMap<string, Service>): FaultSubject {
  const kinds = ['socket', 'http', 'storage'].filter(name => Object.hasOwn(given, name));
  const ofCalls = ['service', 'operation', 'resource', 'caller'].filter(name => Object.hasOwn(given, name));
  if (kinds.length + Number(ofCalls.length > 0) > 1) {
    throw new FaultFileError(`${place} is about ${[...kinds, ...ofCalls].join(' and ')} at once: a rule is about calls, or about one of socket, http, storage.`);
  }
  switch (kinds[0]) {
    case 'socket':
      return { kind: 'socket', point: oneOf(given.socket, `${place}: socket`, ['connect', 'message', 'push']) };
    case 'http':
      return { kind: 'http', host: text(given.http, `${place}: http`) };
    case 'storage':
      oneOf(given.storage, `${place}: storage`, ['write']);
      return { kind: 'storage' };
  }
  if (given.service === undefined && given.caller === undefined) {
    throw new FaultFileError(`${place} does not say what it is about: give a service (or "*" for all of them), a caller, or one of socket, http, storage.`);
  }
  return checkCalls(given, place, services);
}

function checkCalls(given: Members, place: string, services: ReadonlyMap<string, Service>): CallSubject {
  const names = [...services.keys()].sort();
  const service = given.service === undefined || given.service === '*' ? undefined : oneOf(given.service, `${place}: service`, names);
  const caller = given.caller === undefined ? undefined : oneOf(given.caller, `${place}: caller`, [CLIENT, ...names]);
  const resource = given.resource === undefined ? undefined : text(given.resource, `${place}: resource`);
  if (given.operation === undefined) {
    return { kind: 'call', service, resource, caller };
  }
  if (service === undefined) {
    throw new FaultFileError(`${place} has an operation and no service whose operation it is: add one.`);
  }
  const operation = oneOf(given.operation, `${place}: operation`, Object.keys(services.get(service)!.operations).sort());
  return { kind: 'call', service, operation, resource, caller };
}
