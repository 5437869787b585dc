import { readFileSync } from 'fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

/**
 * The deployment that the tests drive: the outputs of its stacks, as `lambdaless exec` and `cdk deploy --outputs-file` write them. Where it runs is in the
 * environment: with AWS_ENDPOINT_URL it is the local runtime, without it AWS.
 */
export class Deployment {
  static fromEnvironment(): Deployment {
    const file = process.env.LAMBDALESS_OUTPUTS;
    if (!file) {
      throw new Error('LAMBDALESS_OUTPUTS is not set. Run the tests through "lambdaless exec", or set it to the file of "cdk deploy --outputs-file".');
    }
    return new Deployment(JSON.parse(readFileSync(file, 'utf8')));
  }

  private readonly eventBridge = new EventBridgeClient({});

  private constructor(private readonly outputs: Record<string, Record<string, string>>) {}

  output(stack: string, name: string): string {
    const value = this.outputs[stack]?.[name];
    if (value === undefined) {
      throw new Error(`The stack ${stack} has no output ${name}. Outputs: ${JSON.stringify(this.outputs)}`);
    }
    return value;
  }

  async putEvent(bus: string, source: string, detailType: string, detail: object): Promise<string> {
    const { Entries: entries } = await this.eventBridge.send(new PutEventsCommand({
      Entries: [{ EventBusName: bus, Source: source, DetailType: detailType, Detail: JSON.stringify(detail) }],
    }));
    const [entry] = entries!;
    if (entry.ErrorCode) {
      throw new Error(`${entry.ErrorCode}: ${entry.ErrorMessage}`);
    }
    return entry.EventId!;
  }

  close(): void {
    this.eventBridge.destroy();
  }
}
