import { FakeClock } from './fake-clock';
import { RunningApp } from './running-app';

/** An app that runs while its clock stands still. */
export class StillApp extends RunningApp {
  readonly clock = new FakeClock();
}
