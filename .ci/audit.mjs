// Asks the registry what is known against the packages of the lock file. One that is bundled must have nothing against it; what is known of a tool is only told.
// Usage: node .ci/audit.mjs, after the bundles were made
// Output: one line for each; the exit status is 1 when a bundled package is vulnerable. A registry that answers no audits makes it SKIPPED, by that word.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundled = new Set(['bin/sbom.cdx.json', 'bin/client/sbom.cdx.json'].flatMap(file => JSON.parse(readFileSync(root + file, 'utf8')).components.map(({ name }) => name)));

const { stdout } = spawnSync('npm', ['audit', '--json', '--fetch-retries=1', '--fetch-timeout=20000'], { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
const report = parsed(stdout);

if (report?.vulnerabilities === undefined) {
  console.log(`SKIPPED: the dependency audit, since the registry answers none (${report?.message ?? 'no answer'})`);
} else {
  const known = Object.values(report.vulnerabilities);
  for (const { name, severity, via } of known) {
    const reasons = via.map(each => typeof each === 'string' ? `by way of ${each}` : `${each.title} (${each.url})`).join('; ');
    console.log(`${bundled.has(name) ? 'VULNERABLE, and bundled' : 'a tool, not bundled'}: ${name} (${severity}): ${reasons}`);
  }
  const shipped = known.filter(({ name }) => bundled.has(name));
  console.log(`${known.length} packages with known vulnerabilities, ${shipped.length} of them bundled.`);
  process.exitCode = shipped.length === 0 ? 0 : 1;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
