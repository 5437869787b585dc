import { useEffect, useState } from 'preact/hooks';
import { Model } from './model';

/** Shows the model anew whenever it has changed, once a frame at most. */
export function useModel(model: Model): number {
  const [version, setVersion] = useState(model.version);
  useEffect(() => model.subscribe(setVersion), [model]);
  return version;
}
