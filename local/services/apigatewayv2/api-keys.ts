import { TokenBucket } from './token-bucket';

interface ApiKey {
  readonly id: string;
  readonly value: string;
  readonly isEnabled: boolean;
}

/** A plan: which stages its keys open, and how often each key may. */
export interface UsagePlan {
  readonly id: string;
  /** As `<API>/<stage>`. */
  readonly stages: ReadonlySet<string>;
  readonly throttle?: { readonly rate: number; readonly burst: number };
}

/** A key that may be used. */
export interface ApiKeyUse {
  readonly keyId: string;
  readonly planId: string;
  readonly value: string;
  readonly bucket: TokenBucket | undefined;
}

/** The API keys of all stacks, and the usage plans that they are part of. */
export class ApiKeys {
  private readonly keys = new Map<string, ApiKey>();
  private readonly plans = new Map<string, UsagePlan>();
  /** By plan and key. */
  private readonly members = new Map<string, { readonly planId: string; readonly keyId: string }>();
  private readonly buckets = new Map<string, TokenBucket>();

  addKey(key: ApiKey): void {
    if ([...this.keys.values()].some(({ id, value }) => value === key.value && id !== key.id)) {
      throw new Error('API Key already exists');
    }
    this.keys.set(key.id, key);
  }

  deleteKey(id: string): void {
    this.keys.delete(id);
  }

  addPlan(plan: UsagePlan): void {
    this.plans.set(plan.id, plan);
    this.buckets.clear();
  }

  deletePlan(id: string): void {
    this.plans.delete(id);
  }

  addMember(planId: string, keyId: string): string {
    if (!this.plans.has(planId) || !this.keys.has(keyId)) {
      throw new Error(`there is no usage plan ${planId}, or no API key ${keyId}`);
    }
    const id = `${keyId}:${planId}`;
    this.members.set(id, { planId, keyId });
    return id;
  }

  deleteMember(id: string): void {
    this.members.delete(id);
  }

  /** The key of that value, if it opens the stage. */
  find(value: string, apiId: string, stage: string): ApiKeyUse | undefined {
    for (const [id, { planId, keyId }] of this.members) {
      const key = this.keys.get(keyId);
      const plan = this.plans.get(planId);
      if (key?.isEnabled && key.value === value && plan?.stages.has(`${apiId}/${stage}`)) {
        return { keyId, planId, value, bucket: this.bucket(id, plan) };
      }
    }
    return undefined;
  }

  private bucket(id: string, { throttle }: UsagePlan): TokenBucket | undefined {
    let bucket = this.buckets.get(id);
    if (!bucket && throttle) {
      bucket = new TokenBucket(throttle.rate, throttle.burst);
      this.buckets.set(id, bucket);
    }
    return bucket;
  }
}
