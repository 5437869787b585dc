// What of other people's work a bundle holds: their licences, and a software bill of materials.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Terms under which others may be bundled into what is published under Apache-2.0: none asks more than to be named. */
const LICENCES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/** Writes both beside a bundle that was made of these files. */
export function writeThirdParty(inputs, root, output) {
  const packages = packagesOf(inputs, root);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(output, 'THIRD-PARTY-LICENSES.txt'), licencesOf(packages));
  writeFileSync(join(output, 'sbom.cdx.json'), `${JSON.stringify(billOf(packages, manifest), undefined, 1)}\n`);
}

/** The packages that files of a bundle belong to, in the order of their names; refuses those that may not be bundled, or that no lock file knows. */
export function packagesOf(inputs, root) {
  const { packages: locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  // A package may have packages of its own.
  const paths = new Set(inputs.flatMap(input => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? []));
  return [...paths].map(path => {
    const { name, version, license, dependencies = {} } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
    if (!LICENCES.includes(license)) {
      throw new Error(`${name} ${version} is under ${JSON.stringify(license)}: only ${LICENCES.join(', ')} may be bundled (projenrc/third-party.mjs).`);
    }
    if (locked[path]?.version !== version) {
      throw new Error(`${path} is ${version} here, and ${locked[path]?.version ?? 'not there'} in package-lock.json: run npm ci.`);
    }
    return { name, version, license, dependencies: Object.keys(dependencies), integrity: locked[path].integrity, terms: termsOf(name, join(root, path), root) };
  }).sort((left, right) => left.name < right.name ? -1 : left.name > right.name ? 1 : left.version < right.version ? -1 : 1);
}

/** The text of the licence, which each asks to be passed on. */
function termsOf(name, directory, root) {
  const own = readdirSync(directory).find(entry => /^licen[cs]e/i.test(entry));
  // Some have theirs in their repository alone.
  const file = own ? join(directory, own) : join(root, 'local/licences', `${name.replace('/', '+')}.txt`);
  if (!existsSync(file)) {
    throw new Error(`${name} has no licence file: put the terms under which it is bundled into local/licences.`);
  }
  return readFileSync(file, 'utf8').trim();
}

/** All licences as one text. */
function licencesOf(packages) {
  return packages.map(({ name, version, license, terms }) => `${name} ${version} (${license})\n\n${terms}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}

/** The bill of materials in CycloneDX's JSON: the same for the same bundle, hence without a time and a number of its own. */
function billOf(packages, { name, version, license }) {
  const component = each => ({ 'type': 'library', 'bom-ref': addressOf(each), 'name': each.name, 'version': each.version, 'licenses': [{ license: { id: each.license } }], 'purl': addressOf(each) });
  const self = { name, version, license };
  const named = names => packages.filter(each => names.includes(each.name)).map(addressOf);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { lifecycles: [{ phase: 'build' }], component: component(self) },
    components: packages.map(each => ({ ...component(each), hashes: [hashOf(each)] })),
    dependencies: [
      { ref: addressOf(self), dependsOn: packages.map(addressOf) },
      ...packages.map(each => ({ ref: addressOf(each), dependsOn: named(each.dependencies) })),
    ],
  };
}

/** The package as a purl. */
function addressOf({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** What the registry published, by its hash. */
function hashOf({ integrity }) {
  const [algorithm, hash] = integrity.split('-');
  return { alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(hash, 'base64').toString('hex') };
}
