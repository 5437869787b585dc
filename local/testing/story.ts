import { storyText } from '../inspector/story-text';
import { TraceRecord, TraceStage } from '../kernel/contracts/trace';

/** One request or event, and all that has followed from it so far. */
export class Story {
  /** @internal */
  constructor(readonly records: readonly TraceRecord[]) {}

  /** The stages of the request that began it, in their order. */
  get stages(): readonly TraceStage[] {
    const [first] = [...this.records].sort((left, right) => left.sequence - right.sequence);
    return (first.entry as { stages?: readonly TraceStage[] }).stages ?? [];
  }

  /** The details of the stage of that name, such as `Request template`. */
  stage(name: string): Readonly<Record<string, unknown>> {
    const found = this.stages.find(stage => stage.name === name);
    if (!found) {
      throw new Error(`There is no stage ${name}; there are: ${this.stages.map(stage => stage.name).join(', ') || 'none'}.`);
    }
    return found.details;
  }

  /** As `lambdaless trace` tells it. */
  toString(): string {
    return storyText(this.records);
  }
}
