import { AwsError } from '../../../kernel/aws-error';
import { Operation, Permission, ServiceContext } from '../../../kernel/contracts';
import { EventBuses } from '../rules/event-buses';
import { EventEnvelope } from '../rules/event-envelope';
import { FORWARDED } from '../rules/forwarded';
import { RuleDelivery } from '../rules/rule-delivery';

interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: string[];
  readonly Time?: number | string;
}

interface PutEventsInput {
  readonly Entries?: Entry[];
  readonly [FORWARDED]?: EventEnvelope;
}

interface RefusedEntry {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

const MAXIMUM_ENTRIES = 10;
const MAXIMUM_BYTES = 1024 * 1024;

/** Accepts events: each entry on its own, so that one refused entry does not hold back the others. */
export function putEvents(context: ServiceContext, buses: EventBuses, delivery: RuleDelivery): Operation<PutEventsInput> {
  const accept = (entry: Entry, forwarded?: EventEnvelope): { EventId: string } | RefusedEntry => {
    const refused = refuse(entry) ?? (!forwarded && RESERVED_SOURCE.test(entry.Source!) ? NOT_AUTHORIZED_FOR_SOURCE : undefined);
    if (refused) {
      return refused;
    }
    const id = context.randomness.uuid();
    const bus = buses.find(entry.EventBusName);
    if (!bus) {
      // AWS accepts such an event and drops it. Here at least it is said.
      context.trace.emit({ kind: 'failure', time: context.clock.now(), source: 'events', message: `An event was put on the bus "${entry.EventBusName}", which does not exist: it is lost.` });
      return { EventId: id };
    }
    const event: EventEnvelope = forwarded ?? {
      'version': '0',
      'id': id,
      'detail-type': entry.DetailType!,
      'source': entry.Source!,
      'account': bus.environment.account,
      'time': timeOf(entry, context),
      'region': bus.environment.region,
      'resources': entry.Resources ?? [],
      'detail': JSON.parse(entry.Detail!),
    };
    delivery.deliver(bus, event);
    return { EventId: event.id };
  };

  return {
    permissions: ({ Entries: entries }) => {
      validate(entries);
      return [...new Set(entries.map(entry => entry.EventBusName ?? 'default'))].map(name => permissionOn(buses, name, entries));
    },
    handle: ({ Entries: entries = [], [FORWARDED]: forwarded }) => {
      const answers = entries.map(entry => accept(entry, forwarded));
      return { FailedEntryCount: answers.filter(answer => 'ErrorCode' in answer).length, Entries: answers };
    },
  };
}

function permissionOn(buses: EventBuses, name: string, all: readonly Entry[]): Permission {
  const bus = buses.find(name);
  const entries = all.filter(entry => (entry.EventBusName ?? 'default') === name);
  const context = { 'events:source': entries.map(entry => entry.Source ?? ''), 'events:detail-type': entries.map(entry => entry.DetailType ?? '') };
  return { action: 'events:PutEvents', resource: bus?.arn ?? name, context, resourcePolicy: bus?.policy.compiled };
}

function validate(entries: Entry[] | undefined): asserts entries is Entry[] {
  const invalid = (problem: string) => new AwsError('ValidationException', `1 validation error detected: Value ${problem}`);
  if (!Array.isArray(entries)) {
    throw invalid("null at 'entries' failed to satisfy constraint: Member must not be null");
  }
  if (entries.length < 1 || entries.length > MAXIMUM_ENTRIES) {
    const bound = entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${MAXIMUM_ENTRIES}`;
    throw invalid(`'[${entries.map(() => 'PutEventsRequestEntry').join(', ')}]' at 'entries' failed to satisfy constraint: Member must have length ${bound}`);
  }
  for (const entry of entries) {
    if (typeof entry !== 'object' || entry === null || !isOfTexts(entry)) {
      throw new AwsError('SerializationException', 'STRING_VALUE cannot be converted to the type of the member.');
    }
  }
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > MAXIMUM_BYTES) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
}

function isOfTexts({ Source: source, DetailType: detailType, Detail: detail, EventBusName: bus, Resources: resources }: Entry): boolean {
  const isText = (value: unknown) => typeof value === 'string';
  const isList = !resources || Array.isArray(resources) && resources.every(isText);
  return isList && [source, detailType, detail, bus].every(value => value === undefined || isText(value));
}

/** As EventBridge counts an entry: the time takes 14 bytes, and every text its UTF-8 length. */
function sizeOf(entry: Entry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  return (entry.Time === undefined ? 0 : 14) + texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
}

function refuse(entry: Entry): RefusedEntry | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[name]) {
      return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.` };
    }
  }
  try {
    const detail = JSON.parse(entry.Detail!);
    if (detail === null || typeof detail !== 'object' || Array.isArray(detail)) {
      return MALFORMED_DETAIL;
    }
  } catch {
    return MALFORMED_DETAIL;
  }
  return undefined;
}

/** What services put themselves. */
const RESERVED_SOURCE = /^aws\./;

const NOT_AUTHORIZED_FOR_SOURCE = { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };

const MALFORMED_DETAIL = { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };

/** To the second, as on AWS; now, when the entry does not say or says nothing that is a time. */
function timeOf(entry: Entry, context: ServiceContext): string {
  const given = typeof entry.Time === 'number' ? entry.Time * 1000 : Date.parse(entry.Time ?? '');
  const isTime = !Number.isNaN(new Date(given).getTime());
  return new Date(isTime ? given : context.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
}
