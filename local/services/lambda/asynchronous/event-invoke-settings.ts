/** What Lambda does with asynchronous invocations that fail, or succeed. */
export interface EventInvokeSettings {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  readonly onSuccessArn?: string;
  readonly onFailureArn?: string;
}

export const DEFAULT_EVENT_INVOKE_SETTINGS: EventInvokeSettings = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 6 * 60 * 60 };
