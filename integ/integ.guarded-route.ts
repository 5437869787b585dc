import { drivenOnAws } from './driven-on-aws';
import { stack } from '../examples/guarded-route/app';

drivenOnAws('guarded-route', stack);
