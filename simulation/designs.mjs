import { KEYS, PAGE } from './day.mjs';
import { execution, functionCall, times, together } from './prices.mjs';
import { QUOTAS } from './quotas.mjs';
import { ASSUMED, SYSTEM } from './system.mjs';

const assumed = name => ASSUMED[name].value;
const clients = SYSTEM.clients.value;
const room = SYSTEM.roomClients.value;

/** The read units of so many rows, read consistently. */
const pageReads = rows => Math.max(1, Math.ceil(rows * assumed('matchRowBytes') / 4096));

/** What an EventSocket uses in a day, by what for. */
export function socketUsage({ total }) {
  const averageClients = total.connectionSeconds / 86_400;
  const delivery = rows => together(execution(assumed('deliveryMilliseconds')), { reads: pageReads(rows) });
  const pages = receivers => Math.ceil(receivers / PAGE);
  return {
    'connections, open': { connectionMinutes: total.connectionSeconds / 60 },
    'connections, made and ended': times(total.connects, { writes: 2 }),
    'subscriptions': times(total.subscribes, together(
      { messages: 2 }, execution(assumed('subscribeMilliseconds')),
      // In a transaction a row takes two units: the connection's count, the subscription, and a row for each key.
      { writes: 2 * (2 + SYSTEM.keysPerSubscription.value) },
    )),
    'pings': times(total.pings, { messages: 2 }),
    'events: the bus': { events: total.personal + total.room + total.unmatched + total.announcements },
    'events: finding subscribers': times(total.personal + total.room + total.unmatched + total.announcements, { reads: KEYS }),
    'events that nobody receives': times(total.unmatched, execution(assumed('nothingMilliseconds'))),
    'events: executions': together(
      times(total.personal, delivery(1)),
      times(total.room, times(pages(room), delivery(Math.min(room, PAGE)))),
      times(total.announcements, times(pages(averageClients), delivery(PAGE))),
    ),
    'messages to clients': { messages: total.posts },
  };
}

/** The design of the seeds: a function for each route, and one that scans all connections for each event; of ours it has the filters. */
export function functionsUsage({ total }) {
  const averageClients = total.connectionSeconds / 86_400;
  const call = functionCall(assumed('functionMilliseconds'), assumed('functionMegabytes'));
  const events = total.personal + total.room + total.unmatched + total.announcements;
  return {
    'connections, open': { connectionMinutes: total.connectionSeconds / 60 },
    'connections, made and ended': times(total.connects, together(times(2, call), { writes: 2 })),
    'subscriptions': times(total.subscribes, together({ messages: 2, writes: 1 }, call)),
    'pings': times(total.pings, together({ messages: 2 }, call)),
    'events: the bus': { events },
    'events: finding subscribers': times(events, { reads: scanReads(averageClients) }),
    'events: functions': times(events, functionCall(scanMilliseconds(averageClients), assumed('functionMegabytes'))),
    'messages to clients': { messages: total.posts },
  };
}

/** The same with the index of an EventSocket: functions that read the same rows, match with a library, and post. */
export function indexedFunctionsUsage(day) {
  const { total } = day;
  const events = total.personal + total.room + total.unmatched + total.announcements;
  const milliseconds = posts => 20 + Math.ceil(posts / assumed('postsAtOnce')) * assumed('postMilliseconds');
  const call = posts => functionCall(milliseconds(posts), assumed('functionMegabytes'));
  return {
    ...functionsUsage(day),
    'subscriptions': times(total.subscribes, together({ messages: 2, writes: 2 * (2 + SYSTEM.keysPerSubscription.value) }, functionCall(assumed('functionMilliseconds'), assumed('functionMegabytes')))),
    'events: finding subscribers': times(events, { reads: KEYS }),
    'events: functions': together(
      times(total.personal, call(1)), times(total.room, call(room)), times(total.unmatched, call(0)), times(total.announcements, call(total.connectionSeconds / 86_400)),
    ),
  };
}

/** How much of each quota the busiest second takes. */
export function socketLoad({ peak }) {
  return [
    { quota: QUOTAS.connects, used: peak.connects },
    { quota: QUOTAS.requests, used: peak.requests },
    { quota: QUOTAS.starts, used: Math.round(peak.executions) },
    { quota: QUOTAS.synchronousExecutions, used: Math.round(peak.subscribes * assumed('subscribeMilliseconds') / 1000) },
    { quota: QUOTAS.puts, used: peak.events },
    { quota: QUOTAS.invocations, used: peak.events },
    // Every event reads the key that patterns without a key have in common.
    { quota: QUOTAS.partitionReads, used: peak.events },
  ];
}

export function functionsLoad({ peak }) {
  return [
    { quota: QUOTAS.connects, used: peak.connects },
    { quota: QUOTAS.requests, used: peak.requests },
    { quota: QUOTAS.puts, used: peak.events },
    { quota: QUOTAS.tableReads, used: Math.round(peak.events * scanReads(clients)) },
    { quota: QUOTAS.functions, used: Math.round(peak.events * scanMilliseconds(clients) / 1000 + (peak.connects + peak.messagesIn) * assumed('functionMilliseconds') / 1000) },
  ];
}

function scanReads(connections) {
  return Math.ceil(connections * assumed('connectionRowBytes') / 8192);
}

function scanMilliseconds(connections) {
  const averageReceivers = 2;
  return Math.ceil(connections * assumed('connectionRowBytes') / 2 ** 20) * assumed('scanPageMilliseconds') + averageReceivers / assumed('postsAtOnce') * assumed('postMilliseconds');
}
