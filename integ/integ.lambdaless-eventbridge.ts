import { drivenOnAws } from './driven-on-aws';
import { stack } from '../examples/lambdaless-eventbridge/app';

drivenOnAws('lambdaless-eventbridge', stack);
