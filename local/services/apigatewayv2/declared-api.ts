import { Environment } from '../../kernel/contracts';

/** An API of either protocol: what is declared of it, and what its deployments keep of that. */
export abstract class DeclaredApi<Declaration> {
  readonly domainName: string;
  private readonly deployments = new Map<string, Declaration>();
  private current: Declaration;

  constructor(
    readonly id: string,
    readonly environment: Environment,
    readonly stackName: string,
    readonly constructPath: string,
    /** Makes a declaration, empty or as a copy. */
    private readonly newDeclaration: new (original?: Declaration) => Declaration,
  ) {
    this.domainName = `${id}.execute-api.${environment.region}.${environment.urlSuffix}`;
    this.current = new newDeclaration();
  }

  /** What is declared so far. A change makes a new one, by which whoever has compiled the last one notices. */
  get declaration(): Declaration {
    return this.current;
  }

  declare(change: (declaration: Declaration) => void): void {
    const changed = new this.newDeclaration(this.current);
    change(changed);
    this.current = changed;
  }

  /** Keeps what is declared now under the deployment's id. */
  deploy(deploymentId: string): void {
    this.deployments.set(deploymentId, this.current);
  }

  undeploy(deploymentId: string): void {
    this.deployments.delete(deploymentId);
  }

  deployment(id: string): Declaration {
    const deployment = this.deployments.get(id);
    if (!deployment) {
      throw new Error(`the API ${this.id} has no deployment with the id ${id}`);
    }
    return deployment;
  }
}
