import { FaultFileError } from '../faults/fault-file-error';
import { ProvisioningError } from '../kernel/provisioning-error';
import { AssemblyError, TemplateError, TemplateFileError } from '../kernel/template';
import { StorageError } from '../storage/storage-error';
import { PortInUseError } from '../wire/port-in-use-error';

/** An error that its reader can mend: told in one line. */
export class UsageError extends Error {
  readonly name = 'UsageError';
}

const MENDABLE = [UsageError, AssemblyError, TemplateError, TemplateFileError, ProvisioningError, PortInUseError, StorageError, FaultFileError];

/** Says what is wrong on standard error. Only a fault of the runtime itself shows its stack. */
export function report(error: unknown): void {
  if (MENDABLE.some(kind => error instanceof kind)) {
    process.stderr.write(`lambdaless: ${(error as Error).message}\n`);
  } else {
    process.stderr.write(`lambdaless: a fault of the runtime itself: ${error instanceof Error ? error.stack : String(error)}\n`);
  }
}
