import { ApiKeys } from './api-keys';
import { Stage } from './stage';
import { Api } from './store';

/** The APIs of all stacks, and their stages. */
export class Apis {
  readonly apiKeys = new ApiKeys();
  private readonly byId = new Map<string, Api>();
  private readonly stagesByApi = new Map<string, Map<string, Stage>>();
  private readonly deletedStages: Array<(stage: Stage) => void> = [];

  /** Calls back for each stage that is taken away. */
  onStageDeleted(listener: (stage: Stage) => void): void {
    this.deletedStages.push(listener);
  }

  add(api: Api): void {
    this.byId.set(api.id, api);
    this.stagesByApi.set(api.id, new Map());
  }

  addStage(stage: Stage): void {
    this.stagesByApi.get(stage.api.id)!.set(stage.name, stage);
  }

  /** Takes an API away, with its stages and their connections. */
  delete(id: string): void {
    [...this.stagesByApi.get(id)?.keys() ?? []].forEach(name => this.deleteStage(id, name));
    this.stagesByApi.delete(id);
    this.byId.delete(id);
  }

  deleteStage(apiId: string, name: string): void {
    const stage = this.stage(apiId, name);
    if (stage) {
      this.stagesByApi.get(apiId)!.delete(name);
      this.deletedStages.forEach(listener => listener(stage));
    }
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  find(id: string): Api | undefined {
    return this.byId.get(id);
  }

  /** The API that a resource of the template belongs to. */
  get(id: string): Api {
    const api = this.byId.get(id);
    if (!api) {
      throw new Error(`there is no API with the id ${id}`);
    }
    return api;
  }

  stage(apiId: string, name: string): Stage | undefined {
    return this.stagesByApi.get(apiId)?.get(name);
  }

  get stages(): Stage[] {
    return [...this.stagesByApi.values()].flatMap(stages => [...stages.values()]);
  }
}
