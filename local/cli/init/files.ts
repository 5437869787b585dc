/** What `lambdaless init` writes. */

/** Set by the bundler: the package's own version, and the peers that it asks for. */
declare const LAMBDALESS_VERSION: string;
declare const LAMBDALESS_PEERS: Readonly<Record<string, string>>;

/** An app of its own, by the names of its files. */
export function appFiles(name: string): Record<string, string> {
  const words = name.split(/[^A-Za-z0-9]+/).map(word => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`);
  const stack = words.join('').replace(/^[^A-Za-z]+/, '').slice(0, 128) || 'Socket';
  return {
    'package.json': json({
      name: name.toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'socket',
      private: true,
      scripts: { start: 'lambdaless local --watch', build: 'tsc' },
      dependencies: { ...LAMBDALESS_PEERS, 'cdk-lambdaless-websockets': `^${LAMBDALESS_VERSION}` },
      devDependencies: { '@types/node': '^20', 'aws-cdk': '^2.1148.1', 'tsx': '^4', 'typescript': '^5.9' },
    }),
    'cdk.json': json({ app: 'npx tsx app.ts' }),
    'tsconfig.json': json({ compilerOptions: { target: 'ES2022', module: 'node16', strict: true, noEmit: true, skipLibCheck: true, types: ['node'] }, include: ['*.ts'] }),
    '.gitignore': 'node_modules/\ncdk.out/\n.lambdaless/\n',
    'app.ts': `import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { EventMessage, EventSocket } from 'cdk-lambdaless-websockets';

const app = new App();
const stack = new Stack(app, '${stack}');

// Clients subscribe to the events of this bus, each with patterns of its own.
const socket = new EventSocket(stack, 'Socket', { message: EventMessage.envelope() });

new CfnOutput(stack, 'SocketUrl', { value: socket.url });
new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
`,
  };
}

/** A stack for an app that is there. */
export function stackFile(isTypeScript: boolean, isModule: boolean): string {
  const body = `  constructor(scope${isTypeScript ? ': Construct' : ''}, id${isTypeScript ? ': string' : ''}, props${isTypeScript ? '?: StackProps' : ''}) {
    super(scope, id, props);
    const socket = new EventSocket(this, 'Socket', { message: EventMessage.envelope() });

    new CfnOutput(this, 'SocketUrl', { value: socket.url });
    new CfnOutput(this, 'BusName', { value: socket.eventBus.eventBusName });
  }
}
`;
  const comment = '/** Clients subscribe to the events of a bus, each with patterns of its own. */\n';
  if (isTypeScript) {
    return `import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import { EventMessage, EventSocket } from 'cdk-lambdaless-websockets';
import { Construct } from 'constructs';

${comment}export class EventSocketStack extends Stack {
${body}`;
  }
  return isModule
    ? `import { CfnOutput, Stack } from 'aws-cdk-lib';\nimport { EventMessage, EventSocket } from 'cdk-lambdaless-websockets';\n\n${comment}export class EventSocketStack extends Stack {\n${body}`
    : `const { CfnOutput, Stack } = require('aws-cdk-lib');\nconst { EventMessage, EventSocket } = require('cdk-lambdaless-websockets');\n\n${comment}class EventSocketStack extends Stack {\n${body}\nmodule.exports = { EventSocketStack };\n`;
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
