/** How often work can be done in a second of processor time, which what else the machine does changes less than a second of the clock. */
export async function ratePerCpuSecond(work, { warmup, seconds }) {
  await repeat(work, warmup);
  const before = process.cpuUsage();
  const times = await repeat(work, seconds);
  const { user, system } = process.cpuUsage(before);
  return times / (user + system) * 1e6;
}

async function repeat(work, seconds) {
  const end = performance.now() + seconds * 1000;
  let times = 0;
  do {
    for (let index = 0; index < 20; index++) {
      const pending = work();
      if (pending instanceof Promise) {
        await pending;
      }
    }
    times += 20;
  } while (performance.now() < end);
  return times;
}

/** Runs measures in turn, as often as told; gives the samples of each, by its name. */
export async function measureInTurn(rounds, measures) {
  const samples = Object.fromEntries(Object.keys(measures).map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of Object.entries(measures)) {
      samples[name].push(await measure());
    }
  }
  return samples;
}
