import { awscdk, Component, javascript } from 'projen';

/** The third compile root: `client/`, for browsers, bundled into bin/client. */
export class BrowserClient extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    new javascript.TypescriptConfig(project, {
      fileName: 'client/tsconfig.json',
      include: ['**/*.ts'],
      extends: javascript.TypescriptConfigExtends.fromTypescriptConfigs([project.tsconfig!]),
      compilerOptions: {
        noEmit: true,
        // Nothing outside of client/ can be imported: the compiler refuses it.
        rootDir: '.',
        isolatedModules: true,
        declaration: false,
        lib: ['es2022', 'dom'],
        types: [],
      },
    });
    project.addPackageIgnore('/client');
    project.postCompileTask.spawn(project.addTask('bundle:client', {
      description: 'Type-check and bundle the browser client',
      steps: [{ exec: 'tsc -p client/tsconfig.json' }, { exec: 'node client/bundle.mjs' }],
    }));
  }
}
