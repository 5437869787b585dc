import { VtlRuntimeError } from './vtl-runtime-error';

/** No template needs to write more; API Gateway's own limit for a payload is 10 MB. */
const MAX_OUTPUT_LENGTH = 10 * 1024 * 1024;

/** Where a template writes to. What it has written stays when something stops it. */
export class Output {
  text = '';

  write(text: string): void {
    this.text += text;
    if (this.text.length > MAX_OUTPUT_LENGTH) throw new VtlRuntimeError(`A template can not write more than ${MAX_OUTPUT_LENGTH} characters`);
  }
}
