import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Principal, ServiceFactory } from '../../../../local/kernel/contracts';
import { lambda } from '../../../../local/services/lambda';
import { ACCOUNT, TestKernel } from '../../../support/test-kernel';

/** What a caller of a function got. */
export interface Invoked {
  readonly status: number;
  readonly failed: boolean;
  readonly payload: any;
  /** The log of the invocation, its end at least. */
  readonly log: string;
}

/** A runtime of Lambda, and of what else a test needs. */
export class TestFunctions extends TestKernel {
  readonly roleArn: string;
  private readonly directories: string[] = [];

  constructor(...services: ServiceFactory[]) {
    super(lambda, ...services);
    this.roleArn = this.role('function', 'lambda.amazonaws.com', '*');
  }

  /** A function whose code is inline; its name. */
  async define(source: string, properties: object = {}, name = 'fn'): Promise<string> {
    const resource = await this.create('AWS::Lambda::Function', {
      FunctionName: name, Code: { ZipFile: source }, Handler: 'index.handler', Runtime: 'nodejs20.x', Role: this.roleArn, ...properties,
    }, name);
    return resource.ref;
  }

  /** A directory with files, which goes with the test. */
  directory(files: Record<string, string>): string {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'code-')));
    this.directories.push(root);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), content);
    }
    return root;
  }

  async invoke(event: unknown = {}, input: object = {}, principal: Principal = ACCOUNT): Promise<Invoked> {
    const output = await this.call('lambda', 'Invoke', { FunctionName: 'fn', LogType: 'Tail', Payload: JSON.stringify(event), ...input }, principal);
    return {
      status: output.StatusCode,
      failed: output.FunctionError === 'Unhandled',
      payload: output.Payload === undefined ? undefined : JSON.parse(output.Payload),
      log: Buffer.from(output.LogResult ?? '', 'base64').toString(),
    };
  }

  /** Resolves when something has been logged that a test waits for. */
  logged(text: string): Promise<void> {
    return new Promise(resolve => {
      const unsubscribe = this.kernel.trace.subscribe(entry => {
        if (entry.kind === 'log' && entry.message.includes(text)) {
          unsubscribe();
          resolve();
        }
      });
    });
  }

  async stop(): Promise<void> {
    for (const service of this.kernel.services) {
      await service.stop?.();
    }
    this.directories.forEach(directory => rmSync(directory, { recursive: true, force: true }));
  }
}
