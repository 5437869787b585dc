import { HttpApi } from './declaration';
import { HttpStage } from './http-stage';
import { HttpApiHost } from '../../../kernel/contracts';

/** The stage whose name is no part of a URL. */
export const DEFAULT_STAGE = '$default';

/** The HTTP APIs of all stacks, and their stages. */
export class HttpApis implements HttpApiHost {
  private readonly byId = new Map<string, HttpApi>();
  private readonly stagesByApi = new Map<string, Map<string, HttpStage>>();

  add(api: HttpApi): void {
    this.byId.set(api.id, api);
    this.stagesByApi.set(api.id, new Map());
  }

  addStage(stage: HttpStage): void {
    this.stagesByApi.get(stage.api.id)!.set(stage.name, stage);
  }

  /** Takes an API away, with its stages. */
  delete(id: string): void {
    this.stagesByApi.delete(id);
    this.byId.delete(id);
  }

  deleteStage(apiId: string, name: string): void {
    this.stagesByApi.get(apiId)?.delete(name);
  }

  serves(id: string): boolean {
    return this.byId.has(id);
  }

  find(id: string): HttpApi | undefined {
    return this.byId.get(id);
  }

  /** The API that a resource of the template belongs to. */
  get(id: string): HttpApi {
    const api = this.byId.get(id);
    if (!api) {
      throw new Error(`there is no API with the id ${id}`);
    }
    return api;
  }

  stage(apiId: string, name: string): HttpStage | undefined {
    return this.stagesByApi.get(apiId)?.get(name);
  }

  /** The stage that a path leads to, and what of the path is below it. */
  resolve(apiId: string, path: string): { readonly stage: HttpStage; readonly path: string } | undefined {
    const [, first, rest] = /^\/([^/]*)(.*)$/s.exec(path) ?? [];
    const named = first === undefined || first === DEFAULT_STAGE ? undefined : this.stage(apiId, first);
    if (named) {
      return { stage: named, path: rest === '' ? '/' : rest };
    }
    const stage = this.stage(apiId, DEFAULT_STAGE);
    return stage && { stage, path };
  }

  get stages(): HttpStage[] {
    return [...this.stagesByApi.values()].flatMap(stages => [...stages.values()]);
  }

  describeApis(): Array<{ apiId: string; stage: string }> {
    return this.stages.map(({ api, name }) => ({ apiId: api.id, stage: name }));
  }
}
