/** Stands in the bundle for the package `level`, whose native part cannot be bundled: tables are kept in memory, where dynalite does not need it. */
export class Level {
  constructor() {
    throw new Error('The local runtime keeps its tables in memory.');
  }
}
