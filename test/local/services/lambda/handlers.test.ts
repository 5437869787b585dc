import { TestFunctions } from './test-functions';

let functions: TestFunctions;
beforeEach(() => {
  functions = new TestFunctions();
});
afterEach(() => functions.stop());

describe('what a handler answers with', () => {
  test.each<[string, string, unknown]>([
    ['a promise', 'exports.handler = async event => ({ got: event.a });', { got: 1 }],
    ['a callback', 'exports.handler = (event, context, callback) => { setTimeout(() => callback(null, { got: event.a }), 1); };', { got: 1 }],
    ['nothing', 'exports.handler = async () => {};', null],
    ['a value that JSON does not know', 'exports.handler = async () => () => 1;', null],
    ['text', 'exports.handler = async () => "text";', 'text'],
    ['a promise that never settles, and nothing to wait for', 'exports.handler = () => new Promise(() => {});', null],
    ['neither promise nor callback', 'exports.handler = event => { setTimeout(() => {}, 1); };', null],
    ['what is called like a prototype', 'exports.handler = async () => JSON.parse(\'{"__proto__":{"a":1}}\');', JSON.parse('{"__proto__":{"a":1}}')],
    ['text of several lines and bytes', 'exports.handler = async () => "a\\nb\\u0000é😀";', 'a\nb\u0000é😀'],
  ])('%s', async (_name, source, expected) => {
    await functions.define(source);
    expect(await functions.invoke({ a: 1 })).toMatchObject({ status: 200, failed: false, payload: expected });
  });

  test('a callback waits until nothing is left to do, unless told not to', async () => {
    const source = (waits: string) => `let done = 0; exports.handler = (event, context, callback) => { ${waits} setTimeout(() => { done = 1; }, 20); callback(null, { get done() { return done; } }); };`;
    await functions.define(source(''), {}, 'waiting');
    await functions.define(source('context.callbackWaitsForEmptyEventLoop = false;'), {}, 'hurrying');
    expect((await functions.invoke({}, { FunctionName: 'waiting' })).payload).toEqual({ done: 1 });
    expect((await functions.invoke({}, { FunctionName: 'hurrying' })).payload).toEqual({ done: 0 });
  });

  test('the event arrives as it was sent, and an empty one when none was', async () => {
    await functions.define('exports.handler = async event => event;');
    const event = { text: 'é\n"', list: [1.5, null], constructor: 'x' };
    expect((await functions.invoke(event)).payload).toEqual(event);
    expect((await functions.invoke({}, { Payload: undefined })).payload).toEqual({});
  });
});

describe('errors of a handler', () => {
  test.each<[string, string, object]>([
    ['an error', 'exports.handler = async () => { throw new TypeError("no"); };', { errorType: 'TypeError', errorMessage: 'no', trace: expect.arrayContaining(['TypeError: no']) }],
    ['an error before any promise', 'exports.handler = () => { throw new Error("Unauthorized"); };', { errorType: 'Error', errorMessage: 'Unauthorized' }],
    ['an error by callback', 'exports.handler = (event, context, callback) => callback(new Error("no"));', { errorType: 'Error', errorMessage: 'no' }],
    ['text by callback', 'exports.handler = (event, context, callback) => callback("Unauthorized");', { errorType: 'string', errorMessage: 'Unauthorized', trace: [] }],
    ['an answer that is no JSON', 'exports.handler = async () => { const a = {}; a.a = a; return a; };', { errorType: 'Runtime.JSONStringifyError', errorMessage: 'Unable to stringify response body' }],
    ['an answer that is too large', 'exports.handler = async () => "x".repeat(7_000_000);', {
      errorType: 'Function.ResponseSizeTooLarge', errorMessage: 'Response payload size (7000002 bytes) exceeded maximum allowed payload size (6291556 bytes).',
    }],
    ['an error whose text is hostile', 'exports.handler = async () => { throw { get name() { throw 1; }, message: "", stack: "" }; };', { errorType: 'handled' }],
    ['a rejection that nobody handles', 'exports.handler = async () => { Promise.reject(new Error("lost")); await new Promise(r => setTimeout(r, 1000)); };', {
      errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost',
    }],
    ['an exception that nobody catches', 'exports.handler = async () => { setTimeout(() => { throw new RangeError("late"); }); await new Promise(r => setTimeout(r, 1000)); };', {
      errorType: 'RangeError', errorMessage: 'late',
    }],
  ])('%s', async (_name, source, payload) => {
    await functions.define(source);
    expect(await functions.invoke()).toMatchObject({ status: 200, failed: true, payload });
  });
});

describe('a handler that cannot be loaded', () => {
  test.each<[string, string, string, object]>([
    ['is not exported', 'exports.other = 1;', 'index.handler', { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' }],
    ['is no function', 'exports.handler = 1;', 'index.handler', { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is not a function' }],
    ['is in no file', '', 'nothing.handler', { errorType: 'Runtime.ImportModuleError', errorMessage: expect.stringMatching(/^Error: Cannot find module '.*nothing'/) }],
    ['leads elsewhere', '', '../index.handler', { errorType: 'Runtime.MalformedHandlerName' }],
    ['has no export', '', 'index', { errorType: 'Runtime.MalformedHandlerName', errorMessage: 'Bad handler' }],
    ['does not parse', 'exports.handler = async ( => 1;', 'index.handler', { errorType: 'Runtime.UserCodeSyntaxError', errorMessage: expect.stringMatching(/^SyntaxError: /) }],
    ['throws at once', 'throw new Error("at start");', 'index.handler', { errorType: 'Error', errorMessage: 'at start' }],
    ['exits at once', 'process.exit(3);', 'index.handler', { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/) }],
  ])('because it %s', async (_name, source, Handler, payload) => {
    await functions.define(source, { Handler });
    expect(await functions.invoke()).toMatchObject({ status: 200, failed: true, payload });
    expect(await functions.invoke()).toMatchObject({ failed: true, payload });
  });

  test('because Node.js 24 has no handlers with a callback', async () => {
    await functions.define('exports.handler = (event, context, callback) => callback(null, 1);', { Runtime: 'nodejs24.x' });
    expect(await functions.invoke()).toMatchObject({ failed: true, payload: { errorType: 'Runtime.CallbackHandlerDeprecated' } });
  });
});

describe('the code', () => {
  test.each<[string, Record<string, string>, string]>([
    ['an ES module by its name', { 'index.mjs': 'export const handler = async () => "mjs";' }, 'index.handler'],
    ['an ES module by its package', { 'index.js': 'export const handler = async () => "module";', 'package.json': '{"type":"module"}' }, 'index.handler'],
    ['a CommonJS module by its name', { 'index.cjs': 'exports.handler = async () => "cjs";' }, 'index.handler'],
    ['a module that waits at its top', { 'index.mjs': 'const text = await Promise.resolve("await"); export const handler = async () => text;' }, 'index.handler'],
    ['a folder and a nested export', { 'src/app.js': 'exports.routes = { connect: async () => "nested" };' }, 'src/app.routes.connect'],
    ['another file of it', { 'index.js': 'const { text } = require("./lib/text"); exports.handler = async () => text;', 'lib/text.js': 'exports.text = "file";' }, 'index.handler'],
    ['a package that was uploaded', { 'index.js': 'exports.handler = async () => require("dep");', 'node_modules/dep/index.js': 'module.exports = "dep";' }, 'index.handler'],
    ['a package that was uploaded, imported', { 'index.mjs': 'import dep from "dep"; export const handler = async () => dep;', 'node_modules/dep/index.js': 'module.exports = "dep";' }, 'index.handler'],
  ])('may be %s', async (_name, files, Handler) => {
    await functions.define('', { Code: functions.directory(files), Handler });
    expect(await functions.invoke()).toMatchObject({ failed: false, payload: expect.stringMatching(/./) });
  });

  test.each(['exports.handler = async () => Object.keys(require("@aws-sdk/client-dynamodb")).includes("DynamoDBClient");',
    'exports.handler = async () => Object.keys(await import("@aws-sdk/client-dynamodb")).includes("DynamoDBClient");'])('has the SDK of the project: %s', async source => {
    await functions.define(source);
    expect(await functions.invoke()).toMatchObject({ failed: false, payload: true });
  });

  test.each(['require("@aws-sdk/client-nothing")', 'await import("@aws-sdk/client-nothing")'])('is told what to install when the project has no such client: %s', async expression => {
    await functions.define(`exports.handler = async () => { ${expression}; };`);
    expect((await functions.invoke()).payload.errorMessage).toContain('npm install --save-dev @aws-sdk/client-nothing');
  });

  test.each(['require("dep")', 'await import("dep")'])('does not see a package that lies around it by chance, as it would not on AWS: %s', async expression => {
    const root = functions.directory({ 'node_modules/dep/index.js': 'module.exports = 1;', 'function/index.js': `exports.handler = async () => { ${expression}; };` });
    await functions.define('', { Code: `${root}/function` });
    expect(await functions.invoke()).toMatchObject({ failed: true, payload: { errorMessage: expect.stringMatching(/^Cannot find module 'dep'/) } });
  });
});

describe('an environment', () => {
  test('is made once, and used again', async () => {
    await functions.define('let count = 0; exports.handler = async () => ({ count: ++count, pid: process.pid });');
    const first = await functions.invoke();
    const second = await functions.invoke();
    expect([first.payload.count, second.payload.count]).toEqual([1, 2]);
    expect(second.payload.pid).toBe(first.payload.pid);
    expect(first.log).toMatch(/\tInit Duration: \d+\.\d\d ms\t\n$/);
    expect(second.log).not.toContain('Init Duration');
  });

  test('has one invocation at a time: those that meet have one each', async () => {
    await functions.define('let running = 0; exports.handler = async () => { running++; await new Promise(r => setTimeout(r, 50)); return running--; };');
    const answers = await Promise.all([1, 2, 3].map(() => functions.invoke()));
    expect(answers.map(({ payload }) => payload)).toEqual([1, 1, 1]);
  });

  test('ends when nobody has used it for a while', async () => {
    await functions.define('let count = 0; exports.handler = async () => ++count;');
    await functions.invoke();
    await functions.clock.advance(11 * 60 * 1000);
    expect((await functions.invoke()).payload).toBe(1);
  });

  test('has the variables of Lambda and of the template, and none of the developer', async () => {
    process.env.OF_THE_DEVELOPER = 'secret';
    await functions.define('exports.handler = async (event, context) => ({ env: process.env, context, remaining: context.getRemainingTimeInMillis() });', {
      Environment: { Variables: { TABLE: 'rows', LIMIT: 3 } }, MemorySize: 256,
    });
    const { payload: { env, context, remaining } } = await functions.invoke();
    delete process.env.OF_THE_DEVELOPER;
    expect(env).toMatchObject({
      TABLE: 'rows',
      LIMIT: '3',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'fn',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fn',
      _HANDLER: 'index.handler',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA[0-9A-F]{16}$/),
      AWS_SESSION_TOKEN: expect.any(String),
      TZ: ':UTC',
    });
    expect(env).not.toHaveProperty('OF_THE_DEVELOPER');
    expect(env.AWS_LAMBDA_LOG_STREAM_NAME).toMatch(/^2026\/01\/02\/\[\$LATEST\][0-9a-f]{32}$/);
    expect(context).toMatchObject({ functionName: 'fn', memoryLimitInMB: '256', invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn', callbackWaitsForEmptyEventLoop: true });
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(3000);
  });
});
