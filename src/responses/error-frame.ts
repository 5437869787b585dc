/** What a client is told when its message came to nothing. */
export interface ErrorFrame {
  /** A word that programs go by. */
  readonly code: string;
  /** A sentence for people. */
  readonly message: string;

  /**
   * Whether the same message may succeed later.
   *
   * @default false
   */
  readonly retryable?: boolean;
}
