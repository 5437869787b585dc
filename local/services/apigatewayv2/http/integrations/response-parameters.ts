import { HttpResponse } from '../../../../kernel/contracts';
import { ResponseParameter } from '../declaration';
import { HttpExchange } from '../http-exchange';
import { compileResponseValue } from '../mapping-value';
import { refuseReserved } from './reserved-headers';

type Change = (response: HttpResponse, exchange: HttpExchange, original: HttpResponse) => HttpResponse;

/** Changes an answer on its way to the client. */
export type ResponseMapping = (response: HttpResponse, exchange: HttpExchange) => HttpResponse;

const DESTINATION = /^(append|overwrite|remove):header\.([!#$%&'*+\-.^`|~\w]+)$/;
const STATUS = /^[2-5]\d\d$/;

/** Compiles what becomes of an integration's answers, by their status; throws when something of it is no mapping. */
export function compileResponseMapping(parameters: ReadonlyMap<string, readonly ResponseParameter[]>): ResponseMapping {
  const changes = new Map([...parameters].map(([status, each]) => [compileStatus(status), each.map(compileChange)]));
  return (response, exchange) => (changes.get(response.status) ?? []).reduce((changed, change) => change(changed, exchange, response), response);
}

function compileStatus(status: string): number {
  if (!STATUS.test(status)) {
    throw new Error(`a response parameter's status has to be from 200 to 599, not ${status}`);
  }
  return Number(status);
}

function compileChange({ destination, source }: ResponseParameter): Change {
  if (destination === 'overwrite:statuscode') {
    const value = compileResponseValue(source);
    if (value.constant !== undefined && !STATUS.test(value.constant)) {
      throw new Error(`a status has to be from 200 to 599, not ${source}`);
    }
    return (response, exchange, original) => {
      const status = value.read(exchange, original) ?? '';
      return STATUS.test(status) ? { ...response, status: Number(status) } : response;
    };
  }
  const [, action, name] = DESTINATION.exec(destination) ?? [];
  if (name === undefined) {
    throw new Error(`"${destination}" is no response parameter: there are append:header.<name>, overwrite:header.<name>, remove:header.<name> and overwrite:statuscode`);
  }
  refuseReserved(name);
  const key = name.toLowerCase();
  if (action === 'remove') {
    return response => ({ ...response, headers: without(response.headers, key) });
  }
  const value = compileResponseValue(source);
  return (response, exchange, original) => {
    const text = value.read(exchange, original);
    if (text === undefined) {
      return response;
    }
    const present = Object.entries(response.headers).find(([each]) => each.toLowerCase() === key)?.[1];
    return { ...response, headers: { ...without(response.headers, key), [key]: action === 'append' && present !== undefined ? `${present},${text}` : text } };
  };
}

function without(headers: HttpResponse['headers'], name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([each]) => each.toLowerCase() !== name));
}
