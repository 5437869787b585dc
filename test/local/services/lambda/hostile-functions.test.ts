import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestFunctions } from './test-functions';

let functions: TestFunctions;
beforeEach(() => {
  functions = new TestFunctions();
});
afterEach(() => functions.stop());

const EXIT = (reason: string) => ({ errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(new RegExp(`^RequestId: [0-9a-f-]{36} Error: Runtime exited ${reason}$`)) });

/** A second function answers as if nothing had happened. */
async function othersAreServed(): Promise<void> {
  await functions.define('exports.handler = async () => "served";', {}, 'other');
  expect((await functions.invoke({}, { FunctionName: 'other' })).payload).toBe('served');
}

test.each([
  ['spins', 'console.log("spinning"); for (;;);'],
  ['waits', 'console.log("spinning"); await new Promise(r => setTimeout(r, 1e9));'],
  ['ignores signals', 'for (const s of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(s, () => {}); console.log("spinning"); for (;;);'],
  ['hides what it prints', 'process.stdout.write("spinning\\n"); process.stdout.write = () => true; require("fs").closeSync(1); for (;;);'],
])('a function that %s is ended when its time is up', async (_name, body) => {
  await functions.define(`exports.handler = async event => { if (event.spin) { ${body} } return "again"; };`);
  const spinning = functions.logged('spinning');
  const invoked = functions.invoke({ spin: true });
  await spinning;
  await othersAreServed();

  await functions.clock.advance(3000);

  const { failed, payload, log } = await invoked;
  expect(failed).toBe(true);
  expect(payload).toEqual({ errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 3\.00 seconds$/) });
  expect(log).toMatch(/END RequestId: .*\nREPORT RequestId: .*\tDuration: 3000\.00 ms\t.*Status: timeout\t\n$/);
  expect((await functions.invoke({})).payload).toBe('again');
});

test('one whose start never ends is ended as well', async () => {
  await functions.define('console.log("spinning"); for (;;);');
  const spinning = functions.logged('spinning');
  const invoked = functions.invoke();
  await spinning;
  await functions.clock.advance(10_000);
  expect((await invoked).payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
});

test.each<[string, string, object]>([
  ['exits', 'process.exit();', EXIT('without providing a reason')],
  ['exits with a status', 'process.exit(7);', EXIT('with error: exit status 7')],
  ['kills itself', 'process.kill(process.pid, "SIGKILL"); await new Promise(() => setTimeout(() => {}, 1e6));', EXIT('with error: signal: killed')],
  ['aborts', 'process.abort();', EXIT('with error: signal: aborted')],
  ['uses up its memory', 'const all = []; for (;;) all.push(new Array(1e6).fill(all.length));', EXIT('with error: signal: aborted')],
  ['recurses without end', 'const f = () => f() + 1; f();', { errorType: 'RangeError', errorMessage: 'Maximum call stack size exceeded' }],
  ['ends the channel to its caller', 'require("fs").closeSync(3); await new Promise(r => setTimeout(r, 50)); process.exit();', EXIT('without providing a reason')],
  ['answers in the name of its runtime, and badly', 'require("fs").writeSync(3, "no JSON\\n"); for (;;);', EXIT('with error: signal: killed')],
])('a function that %s fails alone', async (_name, body, payload) => {
  await functions.define(`exports.handler = async event => { if (event.go) { ${body} } return "again"; };`);
  expect(await functions.invoke({ go: true })).toMatchObject({ failed: true, payload });
  expect((await functions.invoke({})).payload).toBe('again');
  await othersAreServed();
});

test('an answer for another request is no answer, not even when both come at once', async () => {
  const [begin, ended] = ['begin', 'ended'].map(name => join(mkdtempSync(join(tmpdir(), 'lambdaless-')), name));
  await functions.define(`const fs = require("fs");
    exports.handler = async () => {
      console.log("waiting");
      while (!fs.existsSync(${JSON.stringify(begin)}));
      fs.writeSync(3, JSON.stringify({ id: "other", result: '"forged"' }) + "\\n");
      setTimeout(() => fs.writeFileSync(${JSON.stringify(ended)}, ""), 20);
      return "own";
    };`);
  const waiting = functions.logged('waiting');
  const invoked = functions.invoke();
  await waiting;
  // Nothing is read meanwhile.
  writeFileSync(begin, '');
  for (const latest = Date.now() + 10_000; !existsSync(ended) && Date.now() < latest;);
  expect((await invoked).payload).toBe('own');
});

test('a function that prints without end does not fill the memory: its log is cut, and its answer comes', async () => {
  await functions.define('exports.handler = async () => { for (let i = 0; i < 3000; i++) console.log("x".repeat(1000)); process.stdout.write("y".repeat(600_000)); return "done"; };');
  const { payload, log } = await functions.invoke();
  expect(payload).toBe('done');
  expect(log.length).toBeLessThanOrEqual(4096);
  const kept = functions.entries.filter(entry => entry.kind === 'log').reduce((total, entry) => total + (entry as { message: string }).message.length, 0);
  expect(kept).toBeLessThanOrEqual(1024 * 1024);
});

test('what a function has started ends with it', async () => {
  await functions.define('exports.handler = async () => { const child = require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" }); return child.pid; };');
  const { payload: pid } = await functions.invoke();
  expect(process.kill(pid, 0)).toBe(true);
  await functions.stop();
  for (let attempt = 0; attempt < 1000 && isAlive(pid); attempt++) {
    await new Promise(resolve => setImmediate(resolve));
  }
  expect(isAlive(pid)).toBe(false);
});

test('who waits for a free environment when all is stopped starts none', async () => {
  await functions.define('exports.handler = () => new Promise(() => setTimeout(() => {}, 1e9));');
  const invoked = Array.from({ length: 18 }, () => functions.invoke());
  await functions.stop();
  const outcomes = await Promise.allSettled(invoked);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(16);
  expect(outcomes.slice(16)).toMatchObject([1, 2].map(() => ({ status: 'rejected', reason: { code: 'ServiceException' } })));
});

test('who waits is told when no environment can be started any more', async () => {
  await functions.define('exports.handler = () => { console.log("runs"); setTimeout(() => process.exit(), 100); return new Promise(() => {}); };');
  const runs = functions.logged('runs');
  const invoked = Array.from({ length: 40 }, () => functions.invoke());
  await runs;
  functions.kernel.roles.delete(functions.roleArn);
  const outcomes = await Promise.allSettled(invoked);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(16);
  expect(outcomes.slice(16)).toMatchObject(Array(24).fill({ status: 'rejected', reason: { code: 'AccessDeniedException' } }));
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
