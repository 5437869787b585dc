import { Principal, Randomness, SessionCredentials } from './contracts';

interface Session {
  readonly credentials: SessionCredentials;
  readonly principal: Principal;
}

/** Temporary credentials, and whom each stands for. */
export class Sessions {
  private readonly byAccessKey = new Map<string, Session>();

  constructor(private readonly randomness: Randomness) {}

  issue(principal: Principal): SessionCredentials {
    const { randomness } = this;
    const credentials: SessionCredentials = {
      // What AWS's temporary keys begin with.
      accessKeyId: `ASIA${randomness.bytes(10).toString('hex').slice(0, 16).toUpperCase()}`,
      secretAccessKey: randomness.bytes(30).toString('base64'),
      sessionToken: randomness.bytes(96).toString('base64'),
    };
    this.byAccessKey.set(credentials.accessKeyId, { credentials, principal });
    return credentials;
  }

  revoke(accessKeyId: string): void {
    this.byAccessKey.delete(accessKeyId);
  }

  find(accessKeyId: string): Session | undefined {
    return this.byAccessKey.get(accessKeyId);
  }
}
