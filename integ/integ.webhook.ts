import { drivenOnAws } from './driven-on-aws';
import { stack } from '../examples/webhook/app';

// The test is the third party: AWS has to reach port 4520 of this machine by an address that it is told.
drivenOnAws('webhook', stack, { needs: ['THIRD_PARTY_URL'], parameters: { ThirdPartyUrl: process.env.THIRD_PARTY_URL } });
