import { Chance } from './chance.mjs';
import { QUOTAS } from './quotas.mjs';
import { ANNOUNCEMENT_HOURS, ASSUMED, DAY, SYSTEM } from './system.mjs';

/** Subscribers that an execution serves: the default of an EventSocket, with patterns of 2,048 characters. */
export const PAGE = 24;

/** Keys of an event in an index of source and detail type: both, either, and the one that patterns without a key have in common. */
export const KEYS = 4;

/** A post that is refused is tried again four times, after 1, 2, 4 and 8 seconds at most: after so long it is given up. */
const RETRY_SECONDS = 15;

/** Requests that API Gateway lets through at once, beside those of each second. */
const BURST = 5000;

const value = (table, name) => table[name].value;

/**
 * Plays a day by the second. What happens in each second is counted, and posts to connections wait when API Gateway takes no more; one that waits too long is lost.
 * Gives the counts of the day, the greatest of any second, and of each announcement how long it took.
 */
export function playDay({ shards, seed = 1 }) {
  const chance = new Chance(seed);
  const total = { connects: 0, subscribes: 0, pings: 0, connectionSeconds: 0, personal: 0, room: 0, unmatched: 0, announcements: 0, posts: 0, lost: 0, delayed: 0 };
  const peak = { connects: 0, messagesIn: 0, posts: 0, requests: 0, subscribes: 0, events: 0, executions: 0, connected: 0 };
  const announcements = [];
  let running;
  let tokens = BURST;
  let waiting = [];
  const announcementRate = shards * PAGE / (value(ASSUMED, 'hopMilliseconds') / 1000);

  for (let second = 0; second < 86_400; second++) {
    const hour = Math.floor(second / 3600);
    const fraction = second % 3600 / 3600;
    const connected = Math.round(value(SYSTEM, 'clients') * (DAY[hour] * (1 - fraction) + DAY[(hour + 1) % 24] * fraction));
    const connects = chance.occurrences(connected / (value(SYSTEM, 'sessionMinutes') * 60));
    const subscribes = connects * value(SYSTEM, 'subscriptionsPerSession');
    const pings = chance.occurrences(connected / (value(SYSTEM, 'pingMinutes') * 60));
    const personal = chance.occurrences(connected * value(SYSTEM, 'personalEventsPerClientHour') / 3600);
    const room = chance.occurrences(connected / value(SYSTEM, 'roomClients') * value(SYSTEM, 'roomEventsPerHour') / 3600);
    const unmatched = chance.occurrences(value(SYSTEM, 'unmatchedEventsPerSecond'));
    let demanded = personal + room * value(SYSTEM, 'roomClients');
    let pages = personal + room * Math.ceil(value(SYSTEM, 'roomClients') / PAGE) + unmatched;

    if (second % 3600 === 0 && ANNOUNCEMENT_HOURS.includes(hour)) {
      running = { left: connected, clients: connected, started: second };
      total.announcements++;
    }
    if (running) {
      const served = Math.min(running.left, Math.round(announcementRate));
      running.left -= served;
      demanded += served;
      pages += served / PAGE;
    }

    // What clients send comes first here; posts take what is left of the quota.
    const messagesIn = subscribes + pings;
    tokens = Math.max(0, Math.min(BURST + QUOTAS.requests.perSecond, tokens + QUOTAS.requests.perSecond) - messagesIn);
    waiting.push({ since: second, count: demanded });
    let posted = 0;
    for (const batch of waiting) {
      const admitted = Math.min(batch.count, Math.floor(tokens));
      batch.count -= admitted;
      tokens -= admitted;
      posted += admitted;
      if (batch.since < second) {
        total.delayed += admitted;
      }
    }
    const lost = waiting.filter(({ since }) => second - since >= RETRY_SECONDS).reduce((sum, { count }) => sum + count, 0);
    waiting = waiting.filter(({ since, count }) => count > 0 && second - since < RETRY_SECONDS);
    if (running && running.left === 0 && waiting.length === 0) {
      announcements.push({ hour, clients: running.clients, seconds: second - running.started + 1 });
      running = undefined;
    }

    const now = {
      connects, messagesIn, posts: posted, requests: messagesIn + demanded, subscribes, events: personal + room + unmatched, executions: pages, connected,
    };
    for (const name of Object.keys(peak)) {
      peak[name] = Math.max(peak[name], now[name]);
    }
    const counts = { connects, subscribes, pings, connectionSeconds: connected, personal, room, unmatched, posts: posted, lost };
    for (const [name, count] of Object.entries(counts)) {
      total[name] += count;
    }
  }
  const waitingAtMidnight = waiting.reduce((sum, { count }) => sum + count, 0);
  return { total: { ...total, waitingAtMidnight }, peak, announcements };
}
