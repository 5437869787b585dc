/** An error as an AWS service answers it: a code, a text, a status, and sometimes further members. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number = 400,
    /** Members that the answer carries beside the message, such as CancellationReasons. */
    readonly members: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = code;
  }
}
