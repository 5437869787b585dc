// What AWS asks, in us-east-1, in US dollars, and where it says so. A million of something costs `perMillion`.
const APIGATEWAY = 'https://aws.amazon.com/api-gateway/pricing/';
const STEP_FUNCTIONS = 'https://aws.amazon.com/step-functions/pricing/';
const EVENTBRIDGE = 'https://aws.amazon.com/eventbridge/pricing/';
const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';

export const PRICES = {
  messages: { what: 'WebSocket messages, each 32 KB, in or out, up to a billion a month', perMillion: 1.00, source: APIGATEWAY },
  connectionMinutes: { what: 'minutes of a connection', perMillion: 0.25, source: APIGATEWAY },
  executions: { what: 'Express workflow requests', perMillion: 1.00, source: STEP_FUNCTIONS },
  executionGigabyteSeconds: { what: 'GB-seconds of Express workflows; 64 MB and 100 ms at least', perMillion: 16.67, source: STEP_FUNCTIONS },
  events: { what: 'custom events on a bus, each 64 KB', perMillion: 1.00, source: EVENTBRIDGE },
  writes: { what: 'write units of DynamoDB on demand, each 1 KB; two in a transaction', perMillion: 0.625, source: DYNAMODB },
  reads: { what: 'read units of DynamoDB on demand, each 4 KB consistently or 8 KB eventually', perMillion: 0.125, source: DYNAMODB },
  functionCalls: { what: 'calls of Lambda functions', perMillion: 0.20, source: LAMBDA },
  functionGigabyteSeconds: { what: 'GB-seconds of Lambda functions', perMillion: 16.6667, source: LAMBDA },
};

/** What a day's use of each meter costs together. */
export function costOf(usage) {
  return Object.entries(usage).reduce((sum, [meter, amount]) => sum + amount / 1e6 * PRICES[meter].perMillion, 0);
}

/** Adds up what several things use. */
export function together(...usages) {
  const sum = {};
  for (const [meter, amount] of usages.flatMap(usage => Object.entries(usage))) {
    sum[meter] = (sum[meter] ?? 0) + amount;
  }
  return sum;
}

/** As often. */
export function times(count, usage) {
  return Object.fromEntries(Object.entries(usage).map(([meter, amount]) => [meter, amount * count]));
}

/** An Express execution of 64 MB, billed by 100 ms. */
export function execution(milliseconds) {
  return { executions: 1, executionGigabyteSeconds: 0.0625 * Math.ceil(milliseconds / 100) / 10 };
}

/** A call of a function, billed by the millisecond. */
export function functionCall(milliseconds, megabytes) {
  return { functionCalls: 1, functionGigabyteSeconds: megabytes / 1024 * milliseconds / 1000 };
}
