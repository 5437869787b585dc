/** Reads a file of faults, YAML or JSON, and refuses by name what it does not know: a fault that never comes shows nothing. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { checkRule } from './check-rule';
import { FaultFileError } from './fault-file-error';
import { FaultPlan } from './fault-plan';
import { integer, isObject, refuseUnknown } from './members';
import { Service } from '../kernel/contracts';

const MOST_CHARACTERS = 1024 * 1024;
const MOST_RULES = 1000;
const MOST_SEED = 2 ** 32 - 1;

/** Reads a file; the services are those whose calls it may be about. */
export function readFaultFile(file: string, services: Iterable<Service>): FaultPlan {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new FaultFileError(`${file} cannot be read: ${(error as Error).message}`);
  }
  return parseFaults(text, file, services);
}

/** Reads the text of such a file. */
export function parseFaults(text: string, file: string, services: Iterable<Service>): FaultPlan {
  if (text.length > MOST_CHARACTERS) {
    throw new FaultFileError(`${file}: a file of faults has at most ${MOST_CHARACTERS} characters, and this one has ${text.length}.`);
  }
  const byName = new Map([...services].map(service => [service.name, service]));
  try {
    return checkPlan(parsed(text), byName);
  } catch (error) {
    throw error instanceof FaultFileError ? new FaultFileError(`${file}: ${error.message}`) : error;
  }
}

function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: 'error' });
  } catch (error) {
    // Nested too deep for the parser is a RangeError.
    throw new FaultFileError(`neither JSON nor YAML: ${(error as Error).message}`);
  }
}

function checkPlan(given: unknown, services: ReadonlyMap<string, Service>): FaultPlan {
  if (!isObject(given)) {
    throw new FaultFileError('a file of faults is an object with a list of "rules", and with a "seed" if you want another course of chance.');
  }
  refuseUnknown(given, ['seed', 'rules'], 'a file of faults');
  const { seed, rules } = given;
  if (!Array.isArray(rules)) {
    throw new FaultFileError('"rules" has to be a list of rules, such as [{ service: dynamodb, share: 0.05, error: throttled }].');
  }
  if (rules.length > MOST_RULES) {
    throw new FaultFileError(`there are at most ${MOST_RULES} rules, and these are ${rules.length}.`);
  }
  const checked = rules.map((rule, index) => checkRule(rule, `rule ${index + 1}`, services));
  const twice = checked.find(({ name }, index) => checked.findIndex(other => other.name === name) < index);
  if (twice) {
    throw new FaultFileError(`two rules have the name "${twice.name}", by which they are told apart: give one of them another.`);
  }
  return { seed: integer(seed, 'seed', 1, MOST_SEED), rules: checked };
}
