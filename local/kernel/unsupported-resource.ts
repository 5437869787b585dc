import { ResourceRequest } from './contracts';

/** A resource of the template that cannot be made here. */
export interface UnsupportedResource {
  readonly request: ResourceRequest;
  /** Whether nothing here knows its type; otherwise it is its properties that cannot be had. */
  readonly isUnknownType: boolean;
  readonly reason: string;
}

/** Whether to go on without a resource, with a stand-in in its place. */
export type Tolerance = (resource: UnsupportedResource) => boolean;
