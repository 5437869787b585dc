import { awscdk, javascript } from 'projen';

/** The compiler's settings of a root that is bundled: it checks, and esbuild writes. What stands outside of `rootDir` cannot be imported. */
export function compileRoot(project: awscdk.AwsCdkConstructLibrary, directory: string, compilerOptions: javascript.TypeScriptCompilerOptions, include = ['**/*.ts']): void {
  new javascript.TypescriptConfig(project, {
    fileName: `${directory}/tsconfig.json`,
    include,
    extends: javascript.TypescriptConfigExtends.fromTypescriptConfigs([project.tsconfig!]),
    compilerOptions: { noEmit: true, rootDir: '.', isolatedModules: true, declaration: false, ...compilerOptions },
  });
}
