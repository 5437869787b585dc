/** The parts of dynalite that the runtime uses; the package has no types of its own. */
declare module 'dynalite/db' {
  export interface Store {
    readonly tableDb: { awsAccountId: string; awsRegion: string };
  }
  export interface StoreOptions {
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }
  export function create(options: StoreOptions): Store;
  export function checkConditional(checkedInput: object, item: object | undefined): Error | null | undefined;
}

declare module 'dynalite/validations' {
  export function checkTypes(input: object, types: object): Record<string, any>;
  export function checkValidations(input: object, types: object, custom: unknown, store: unknown): void;
}

declare module 'dynalite/validations/*' {
  export const types: object;
  export const custom: unknown;
}

declare module 'dynalite/actions/*' {
  const action: (store: unknown, input: object, callback: (error: unknown, output?: any) => void) => void;
  export default action;
}
