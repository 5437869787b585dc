import { drivenOnAws } from './driven-on-aws';
import { stack } from '../examples/echo/app';

drivenOnAws('echo', stack);
