import { AwsError } from '../../local/kernel/aws-error';
import { Operation, ServiceFactory } from '../../local/kernel/contracts';
import { SERVICES } from '../../local/main';

/** Services of the runtime whose operations a test makes fail, never end, or answer what it likes. */
export class Faults {
  private readonly faults = new Map<string, { fault: AwsError | object | 'stall'; times: number }>();
  readonly services: readonly ServiceFactory[] = SERVICES.map(make => context => {
    const service = make(context);
    for (const [name, operation] of Object.entries(service.operations)) {
      service.operations[name] = this.around(`${service.name}:${name}`, operation);
    }
    return service;
  });

  /** Makes the next call of an action, or the next calls, fail, never end, or answer something. */
  next(action: string, fault: AwsError | object | 'stall', times: number = 1): void {
    this.faults.set(action, { fault, times });
  }

  private take(action: string): AwsError | object | 'stall' | undefined {
    const next = this.faults.get(action);
    if (next && --next.times === 0) {
      this.faults.delete(action);
    }
    return next?.fault;
  }

  private around(action: string, operation: Operation): Operation {
    return {
      permissions: input => operation.permissions(input),
      handle: (input, call) => {
        const fault = this.take(action);
        if (fault === 'stall') {
          return new Promise(() => {});
        }
        if (fault instanceof AwsError) {
          throw fault;
        }
        return fault ?? operation.handle(input, call);
      },
    };
  }
}
