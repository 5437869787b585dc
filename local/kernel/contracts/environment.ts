/** Where a stack lives: the values behind the pseudo parameters. */
export interface Environment {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly urlSuffix: string;
}
