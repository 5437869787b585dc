import { awscdk, javascript } from 'projen';
import { BrowserClient } from './projenrc/browser-client';
import { EntryPoints } from './projenrc/entry-points';
import { LocalRuntime } from './projenrc/local-runtime';
import { Releasing } from './projenrc/releasing';
import { RestrictedImports } from './projenrc/restricted-imports';
import { Testing } from './projenrc/testing';
import { Workflows } from './projenrc/workflows';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-lambdaless-websockets',
  description: 'Real-time push over API Gateway WebSocket APIs without a line of Lambda code, and a local runtime that runs the very template the app synthesizes.',
  author: 'cdk-lambdaless-websockets contributors',
  authorAddress: 'cdk-lambdaless-websockets@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-lambdaless-websockets/cdk-lambdaless-websockets.git',
  license: 'Apache-2.0',
  keywords: ['aws', 'aws-cdk', 'cdk', 'apigateway', 'websocket', 'eventbridge', 'stepfunctions', 'dynamodb', 'lambdaless', 'realtime'],
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '22',
  jsiiVersion: '~6.0.0',
  publishToPypi: { distName: 'cdk-lambdaless-websockets', module: 'cdk_lambdaless_websockets' },
  publishToMaven: {
    mavenGroupId: 'io.github.cdk-lambdaless-websockets', mavenArtifactId: 'cdk-lambdaless-websockets', javaPackage: 'io.github.cdklambdaless.websockets',
  },
  publishToGo: { moduleName: 'github.com/cdk-lambdaless-websockets/cdk-lambdaless-websockets-go', packageName: 'lambdalesswebsockets' },
  typescriptVersion: '~6.0.0',
  // The oldest peer is what the library is built and tested against; test/package repeats it on the newest.
  cdkVersion: '2.250.0',
  constructsVersion: '10.5.1',
  projenrcTs: true,
  sampleCode: false,
  autoDetectBin: false,
  // Source maps would be half of the package, which has to stay under 1 MB.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    include: ['.projenrc.ts'],
    compilerOptions: {
      // What an example imports by the package's name is the source beside it.
      paths: { 'cdk-lambdaless-websockets': ['./src/index.ts'], 'cdk-lambdaless-websockets/client': ['./client/index.ts'], 'cdk-lambdaless-websockets/testing': ['./local/testing/index.ts'] },
      lib: ['es2022'],
      target: 'ES2022',
      noUncheckedIndexedAccess: false,
    },
  },
  eslintOptions: { dirs: ['src', 'local', 'client'], devdirs: ['test', 'integ', 'examples', 'projenrc', 'soak'] },
  jestOptions: {
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      // Machines are slow at times; a test that hangs still ends.
      testTimeout: 30_000,
      // All of the cores: the process that hands out the suites has little to do. A worker that has grown makes place for a new one, since a large heap is slow.
      maxWorkers: '100%',
      workerIdleMemoryLimit: '1GB',
      // Suites run in contexts of their own, where every look at a global is slow: JSONata takes many.
      sandboxInjectedGlobals: ['Object', 'Symbol', 'Date'],
      testPathIgnorePatterns: ['/node_modules/', '/integ/'],
      moduleNameMapper: { '^cdk-lambdaless-websockets$': '<rootDir>/src/index.ts', '^cdk-lambdaless-websockets/client$': '<rootDir>/client/index.ts', '^cdk-lambdaless-websockets/testing$': '<rootDir>/local/testing/index.ts' },
    },
  },
  bin: { lambdaless: 'bin/lambdaless.js' },
  devDeps: [
    '@types/node@^20',
    // The runtime's libraries: bundled into bin/runtime.js, so that the package itself has no dependencies.
    '@cfworker/json-schema@4.1.1', 'chokidar@^4', 'commander@^14', 'croner@10.0.1', 'jsonata@2.2.2', 'picomatch@^4', '@types/picomatch@^4', 'ws@^8', '@types/ws@^8', 'yaml@^2.9.1',
    'esbuild@^0.28', 'tsx@^4',
    // Of the inspector's page.
    'preact@^11.2.0',
    // Bundled into the browser client.
    'partysocket@1.3.0',
    // Native, hence not bundled: users who want to keep tables add it.
    'classic-level@^3',
    // Held against the runtime in the tests.
    '@aws-sdk/client-apigatewaymanagementapi@^3', '@aws-sdk/client-cloudwatch-logs@^3', '@aws-sdk/client-dynamodb@^3', '@aws-sdk/client-eventbridge@^3',
    '@aws-sdk/client-sfn@^3', '@aws-sdk/client-sns@^3', '@aws-sdk/client-sqs@^3',
    // They write and read one version of cloud assemblies: that of the oldest peer, against which snapshots are made. Newer peers write versions that no runner reads yet.
    '@aws-cdk/integ-runner@2.197.10', '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    // The least that the oldest peer asks for: the package for Go demands of its users what is installed here.
    '@aws-cdk/cloud-assembly-schema@53.0.0',
    '@asyncapi/specs@6.11.1', '@smithy/signature-v4@^5', 'asl-validator@4.0.0', 'cdk-nag@^2.38.2', 'fast-check@^4', 'wscat@^6',
  ],
  depsUpgrade: false,
  // Releases and workflows of our own: a tag is a release (CONTRIBUTING.md says how).
  release: false,
  buildWorkflow: false,
  githubOptions: {
    mergify: false,
    pullRequestLintOptions: {
      semanticTitleOptions: { types: ['feat', 'fix', 'perf', 'refactor', 'docs', 'test', 'build', 'style', 'chore'] },
    },
  },
  pullRequestTemplateContents: [
    '<!-- The title says what the change is, as `feat: …`, `fix: …`, `perf: …`, `docs: …`; with `!` before the colon when something that worked no longer does. -->',
    '',
    'What is different for whom, and why. Fixes #',
    '',
    '- [ ] A test fails without it.',
    '- [ ] `bash .ci/run` passes.',
  ],
  gitignore: ['.jsii.tabl.json', '!/local/services/logs/', '!/test/local/services/logs/'],
});

// Every platform's binary of this version is in the registries; of newer ones some are missing, and `npm ci` then refuses the lock file.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

new LocalRuntime(project);
new BrowserClient(project);
new EntryPoints(project);
new RestrictedImports(project);
new Testing(project);
new Releasing(project);
new Workflows(project);
project.synth();
