import { EventQueue } from './asynchronous/event-queue';
import { CodeDirectories } from './code/code-directories';
import { Functions } from './functions';
import { describeOperations } from './operations/describe';
import { invoke } from './operations/invoke';
import { lambdaProtocol } from './protocol';
import { aliasType } from './resources/alias';
import { eventInvokeConfigType } from './resources/event-invoke-config';
import { functionType } from './resources/function';
import { permissionType } from './resources/permission';
import { versionType } from './resources/version';
import { Service, ServiceContext } from '../../kernel/contracts';
import { INSISTENCE } from '../../kernel/insist';

/** AWS Lambda: functions in Node.js that the user has handed in. */
export function lambda(context: ServiceContext): Service {
  const functions = new Functions(context.environment);
  const code = new CodeDirectories();
  const events = new EventQueue(context, functions);
  return {
    name: 'lambda',
    protocols: [lambdaProtocol],
    operations: { Invoke: invoke(functions, events), ...describeOperations(functions) },
    resourceTypes: {
      'AWS::Lambda::Alias': aliasType(functions),
      'AWS::Lambda::EventInvokeConfig': eventInvokeConfigType(functions, context),
      'AWS::Lambda::Function': functionType(functions, code, context),
      'AWS::Lambda::Permission': permissionType(functions),
      'AWS::Lambda::Version': versionType(functions),
    },
    assumptions: [
      { about: 'The version of Node.js', assumed: 'A function runs on the Node.js that runs the runtime, whatever its Runtime says; only the end of callbacks with Node.js 24 follows the Runtime.' },
      { about: 'Environments between invocations', assumed: 'They are not frozen: what a function leaves running goes on.' },
      { about: 'Concurrency', assumed: 'Each version has up to 16 environments on this machine; further invocations wait, where AWS would start more.' },
      { about: 'Memory', assumed: 'MemorySize bounds the heap of JavaScript, not what buffers take outside of it.' },
      INSISTENCE,
    ],
    stop: () => {
      events.stop();
      functions.all.forEach(each => each.stop());
      code.clear();
    },
  };
}
