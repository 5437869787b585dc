import { drivenOnAws } from './driven-on-aws';
import { stack } from '../examples/webchat/app';

drivenOnAws('webchat', stack);
