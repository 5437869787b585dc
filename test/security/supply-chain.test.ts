import { execFileSync, spawnSync } from 'child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, dirname, join } from 'path';
import { pathToFileURL } from 'url';

const ROOT = join(__dirname, '../..');
const BIN = join(ROOT, 'bin');

const lock: Record<string, { version: string; resolved?: string; integrity?: string; inBundle?: boolean; hasInstallScript?: boolean }> = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
const locked = Object.entries(lock).filter(([path]) => path !== '');

let directory: string;
beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
  execFileSync(process.execPath, [join(ROOT, 'client/bundle.mjs')]);
});
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'supply-chain-')); });
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('what is bundled', () => {
  const bill = (folder: string) => JSON.parse(readFileSync(join(BIN, folder, 'sbom.cdx.json'), 'utf8'));

  test('is in the bill of materials, all of it and nothing else', () => {
    const { sources } = JSON.parse(readFileSync(join(BIN, 'runtime.js.map'), 'utf8')) as { sources: string[] };
    const used = new Set(sources.flatMap(source => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(source)?.[1] ?? []));
    expect(used.size).toBeGreaterThan(5);
    // The inspector's page is a bundle of its own, and has no map.
    used.add('preact');
    expect(bill('').components.map(({ name }: { name: string }) => name)).toEqual([...used].sort());
    expect(bill('client').components).toMatchObject([{ name: 'partysocket' }]);
  });

  test.each(['', 'client'])('has in the bill of %j the hash that the lock file has, and its licence', folder => {
    const licences = readFileSync(join(BIN, folder, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const { name, version, purl, licenses: [{ license }], hashes: [{ alg, content }] } of bill(folder).components) {
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
      expect(alg).toBe('SHA-512');
      expect(lock[`node_modules/${name}`]).toMatchObject({ version, integrity: `sha512-${Buffer.from(content, 'hex').toString('base64')}` });
      expect(licences).toContain(`${name} ${version} (${license.id})\n\n`);
    }
  });

  test('says what it is a part of, and is the same for the same bundle', () => {
    const before = readFileSync(join(BIN, 'sbom.cdx.json'), 'utf8');
    execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
    expect(readFileSync(join(BIN, 'sbom.cdx.json'), 'utf8')).toBe(before);
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(bill('')).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { component: { purl: `pkg:npm/cdk-lambdaless-websockets@${version}` } } });
    const references = new Set([bill('').metadata.component, ...bill('').components].map(each => each['bom-ref']));
    expect(bill('').dependencies.flatMap(({ ref, dependsOn }: { ref: string; dependsOn: string[] }) => [ref, ...dependsOn]).filter((ref: string) => !references.has(ref))).toEqual([]);
  });
});

describe('a package that would slip into the bundle', () => {
  const files = (path: string, manifest: object, licence = 'MIT License') => {
    mkdirSync(join(directory, path), { recursive: true });
    writeFileSync(join(directory, path, 'package.json'), JSON.stringify(manifest));
    if (licence !== '') {
      writeFileSync(join(directory, path, 'LICENSE'), licence);
    }
  };
  /** Describes a bundle of these files. */
  const describeBundle = (inputs: string[], entries: Record<string, object>) => {
    writeFileSync(join(directory, 'package.json'), '{"name":"app","version":"1.0.0","license":"Apache-2.0"}');
    writeFileSync(join(directory, 'package-lock.json'), JSON.stringify({ packages: entries }));
    const script = `
      import { writeThirdParty } from ${JSON.stringify(pathToFileURL(join(ROOT, 'projenrc/third-party.mjs')).href)};
      writeThirdParty(${JSON.stringify(inputs)}, ${JSON.stringify(directory)}, ${JSON.stringify(directory)});`;
    return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  };
  const entry = { version: '1.0.0', integrity: 'sha512-AAAA' };

  test('inside of another one is found', () => {
    files('node_modules/outer', { name: 'outer', version: '1.0.0', license: 'MIT', dependencies: { '@evil/inner': '2' } });
    files('node_modules/outer/node_modules/@evil/inner', { name: '@evil/inner', version: '2.0.0', license: 'ISC' });
    const { status, stderr } = describeBundle(['local/index.ts', 'node_modules/outer/a.js', 'node_modules/outer/node_modules/@evil/inner/lib/b.js'], {
      'node_modules/outer': entry, 'node_modules/outer/node_modules/@evil/inner': { ...entry, version: '2.0.0' },
    });
    expect([status, stderr]).toEqual([0, '']);
    const { components, dependencies } = JSON.parse(readFileSync(join(directory, 'sbom.cdx.json'), 'utf8'));
    expect(components.map(({ purl }: { purl: string }) => purl)).toEqual(['pkg:npm/%40evil/inner@2.0.0', 'pkg:npm/outer@1.0.0']);
    expect(dependencies).toContainEqual({ ref: 'pkg:npm/outer@1.0.0', dependsOn: ['pkg:npm/%40evil/inner@2.0.0'] });
  });

  test.each<[string, object, string, object, string]>([
    ['under a licence that asks for more', { license: 'GPL-3.0' }, 'x', entry, 'evil 1.0.0 is under "GPL-3.0": only 0BSD, Apache-2.0'],
    ['under no licence', {}, 'x', entry, 'evil 1.0.0 is under undefined: only'],
    ['without the text of its licence', { license: 'MIT' }, '', entry, 'evil has no licence file'],
    ['that the lock file does not know', { license: 'MIT' }, 'x', {}, 'node_modules/evil is 1.0.0 here, and not there in package-lock.json'],
    ['in another version than the lock file\'s', { license: 'MIT' }, 'x', { ...entry, version: '1.0.1' }, 'node_modules/evil is 1.0.0 here, and 1.0.1 in package-lock.json'],
  ])('%s stops the build', (_what, manifest, licence, known, message) => {
    files('node_modules/evil', { name: 'evil', version: '1.0.0', ...manifest }, licence);
    const { status, stderr } = describeBundle(['node_modules/evil/index.js'], { 'node_modules/evil': known });
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe('what is installed to build it', () => {
  test('is held by its hash, or by that of what brings it, wherever it comes from', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { integrity, inBundle, resolved }]) => !(inBundle || integrity?.startsWith('sha512-')) || resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  test('runs no script of its own that nobody has looked at', () => {
    expect(locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([
      'node_modules/@parcel/watcher', 'node_modules/classic-level', 'node_modules/esbuild', 'node_modules/unrs-resolver',
    ]);
  });
});

// The registry is a script that is called npm, which Windows would not start.
(process.platform === 'win32' ? describe.skip : describe)('a vulnerability that becomes known', () => {
  /** Runs the audit with a registry that answers so. */
  const audit = (answer: string) => {
    const npm = join(directory, 'npm');
    writeFileSync(npm, `#!${process.execPath}\nprocess.stdout.write(${JSON.stringify(answer)});\n`);
    chmodSync(npm, 0o755);
    return spawnSync(process.execPath, [join(ROOT, '.ci/audit.mjs')], { encoding: 'utf8', env: { ...process.env, PATH: [directory, dirname(process.execPath)].join(delimiter) } });
  };
  const report = (name: string) => JSON.stringify({ vulnerabilities: { [name]: { name, severity: 'high', via: [{ title: 'It gives way', url: 'https://advisories.example/1' }] } } });

  test('of what is bundled fails the build', () => {
    const { status, stdout } = audit(report('ws'));
    expect(status).toBe(1);
    expect(stdout).toContain('VULNERABLE, and bundled: ws (high): It gives way (https://advisories.example/1)');
  });

  test('of a tool is told', () => {
    expect(audit(report('eslint'))).toMatchObject({ status: 0, stdout: expect.stringContaining('a tool, not bundled: eslint (high)') });
  });

  test.each(['', 'no JSON', '{"message":"405 Method Not Allowed"}'])('is not looked for where the registry answers %j, and that is said', answer => {
    expect(audit(answer)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^SKIPPED: the dependency audit/) });
  });
});
