import { failuresOf, GENERAL_FAILURES } from './aws-failures';
import { CALLERS_OVER_HTTP } from './callers';
import { FaultFileError } from './fault-file-error';
import { Fault, FaultSubject } from './fault-plan';
import { integer, isObject, oneOf, refuseUnknown, text } from './members';

const MOST_MILLISECONDS = 24 * 60 * 60 * 1000;
const CODE = /^[A-Za-z][A-Za-z0-9.]*$/;

/** Checks what a rule does, which is named by one member of it. */
export function checkFault(name: string, value: unknown, where: string, subject: FaultSubject): Fault {
  switch (name) {
    case 'error':
      return subject.kind === 'http' ? checkStatus(value, where) : checkError(value, where, subject);
    case 'delay':
      return checkDelay(value, where);
    case 'duplicate':
      return { kind: 'duplicate', later: integer(value, where, 0, MOST_MILLISECONDS) };
    case 'connection':
      return checkConnection(value, where, subject);
    default:
      oneOf(value, where, ['killed']);
      return { kind: 'process' };
  }
}

function checkError(value: unknown, where: string, subject: FaultSubject): Fault {
  if (isObject(value)) {
    refuseUnknown(value, ['code', 'status', 'message'], where);
    const code = text(value.code, `${where}.code`);
    if (!CODE.test(code)) {
      throw new FaultFileError(`${where}.code is "${code}", and a code has letters, digits and dots only.`);
    }
    const message = value.message === '' ? '' : text(value.message, `${where}.message`);
    return { kind: 'error', failure: { code, message, status: integer(value.status ?? null, `${where}.status`, 0, 599, 400) } };
  }
  const general = GENERAL_FAILURES.find(each => each === value);
  if (general) {
    return { kind: 'error', failure: general };
  }
  const service = subject.kind === 'call' ? subject.service : undefined;
  const failures = service === undefined ? [] : failuresOf(service);
  const failure = failures.find(({ code }) => code === value);
  if (!failure) {
    throw new FaultFileError(`${where} is ${JSON.stringify(value)}, and has to be one of ${[...GENERAL_FAILURES, ...failures.map(({ code }) => code)].join(', ')}; `
      + 'any other is given with its status and text: { code: …, status: …, message: … }.');
  }
  return { kind: 'error', failure };
}

function checkStatus(value: unknown, where: string): Fault {
  if (!isObject(value)) {
    throw new FaultFileError(`${where} is ${JSON.stringify(value)}, and what a server answers is given as { status: 503, body: "" }.`);
  }
  refuseUnknown(value, ['status', 'body'], where);
  const { body = '' } = value;
  return { kind: 'status', status: integer(value.status ?? null, `${where}.status`, 0, 599, 200), body: body === '' ? '' : text(body, `${where}.body`) };
}

function checkDelay(value: unknown, where: string): Fault {
  const [from, to] = Array.isArray(value) && value.length === 2 ? value : [value, value];
  const delay = { kind: 'delay' as const, from: integer(from ?? null, where, 0, MOST_MILLISECONDS), to: integer(to ?? null, where, 0, MOST_MILLISECONDS) };
  if (delay.from > delay.to) {
    throw new FaultFileError(`${where} is ${JSON.stringify(value)}: the shorter time comes first.`);
  }
  return delay;
}

function checkConnection(value: unknown, where: string, subject: FaultSubject): Fault {
  oneOf(value, where, ['lost']);
  if (subject.kind === 'call' && subject.caller !== undefined && !CALLERS_OVER_HTTP.includes(subject.caller)) {
    throw new FaultFileError(`${where}: the service "${subject.caller}" has no connection of its own to lose; give an error, as AWS's services do after they have tried again.`);
  }
  return { kind: 'connection' };
}
