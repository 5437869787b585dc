import { awscdk, Component } from 'projen';

/** What can be imported from the package: the constructs, and what is bundled beside them. Whatever tools read by its path stays reachable. */
export class EntryPoints extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.package.addField('exports', {
      '.': { types: './lib/index.d.ts', default: './lib/index.js' },
      './client': { types: './bin/client/index.d.ts', import: './bin/client/index.mjs', default: './bin/client/index.cjs' },
      './testing': { types: './bin/types/testing/index.d.ts', default: './bin/testing.js' },
      './package.json': './package.json',
      './.jsii': './.jsii',
      './.warnings.jsii.js': './.warnings.jsii.js',
      './bin/*': './bin/*',
      './lib/*': './lib/*',
    });
    // For compilers that do not read `exports`.
    project.package.addField('typesVersions', { '*': { client: ['bin/client/index.d.ts'], testing: ['bin/types/testing/index.d.ts'] } });
  }
}
