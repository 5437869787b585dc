import { existsSync, readdirSync } from 'fs';
import { awscdk, Component } from 'projen';

/** The directions of imports that the compiler cannot enforce, as lint rules with their reasons. */
export class RestrictedImports extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    const services = existsSync('local/services')
      ? readdirSync('local/services', { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name).sort()
      : [];
    const zones = [
      { target: './src', from: './local', message: 'Constructs never import the runtime: they meet in the synthesized template.' },
      { target: './local', from: './src', message: 'The runtime reads templates, never constructs.' },
      { target: './client', from: './src', message: 'The browser client speaks the protocol, and knows neither constructs nor the runtime.' },
      { target: './client', from: './local', message: 'The browser client speaks the protocol, and knows neither constructs nor the runtime.' },
      { target: ['./src', './local'], from: './client', message: 'The browser client is for browsers alone.' },
      { target: './local/engines', from: './local', except: ['./engines'], message: 'Engines are pure languages: they know nothing of the runtime.' },
      { target: './local/kernel', from: './local', except: ['./kernel', './engines'], message: 'The kernel knows contracts, not services.' },
      { target: './local/faults', from: './local', except: ['./faults', './kernel', './engines'], message: 'Faults know the door, not what is behind it.' },
      { target: './local/wire', from: './local', except: ['./wire', './kernel', './engines'], message: 'The wire knows bytes, not services.' },
      { target: './local/cost', from: './local', except: ['./cost', './inspector', './kernel', './engines'], message: 'Costs are counted at the door and from the trace.' },
      { target: './local/inspector', from: './local', except: ['./inspector', './faults', './kernel', './engines'], message: 'The inspector looks at the runtime through the kernel, as an outside caller would.' },
      { target: './local/storage', from: './local', except: ['./storage', './wire', './kernel', './engines'], message: 'The storage keeps texts, whatever they mean to services.' },
      ...services.map(service => ({
        target: `./local/services/${service}`,
        from: './local/services',
        except: [`./${service}`],
        message: 'Services never import one another: their calls go through the kernel, as on AWS.',
      })),
    ];
    // One compilation that holds every root, since the nearest tsconfig.json of a test is the library's own; and that of the page, which alone knows its elements.
    project.tryFindObjectFile('.eslintrc.json')?.addOverride('parserOptions', { ecmaVersion: 2022, sourceType: 'module', projectService: false, project: ['./tsconfig.dev.json', './local/inspector/page/tsconfig.json'] });
    project.tryFindObjectFile('.eslintrc.json')?.addOverride('settings.import/resolver.typescript.project', './tsconfig.dev.json');
    project.eslint?.allowDevDeps('**/local/**');
    project.eslint?.allowDevDeps('**/client/**');
    project.eslint?.allowDevDeps('**/examples/**');
    project.eslint?.allowDevDeps('**/integ/**');
    project.eslint?.addRules({
      'import/no-restricted-paths': ['error', { basePath: '.', zones }],
      'import/no-cycle': 'error',
      // The rule before overlooks circles of imports that say that they are of types.
      '@typescript-eslint/consistent-type-imports': ['error', { prefer: 'no-type-imports', disallowTypeAnnotations: false }],
    });
    // Hash codes and 32-bit arithmetic are what they are in Java.
    project.eslint?.addOverride({ files: ['local/**/*.ts'], rules: { 'no-bitwise': 'off' } });
    project.eslint?.addRules({ '@stylistic/max-len': ['error', { code: 160, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignoreComments: true }] });
  }
}
