import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * A registry of npm packages on this machine, for as long as a test runs: it takes what is published, serves that and nothing else, and asks nobody.
 *
 * @see https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md
 */
export class Registry {
  static async start() {
    const registry = new Registry();
    registry.server = createServer((request, response) => registry.#answer(request, response));
    registry.server.listen(0, '127.0.0.1');
    await once(registry.server, 'listening');
    return registry;
  }

  /** Packages by their names, as clients are told of them. */
  #packages = new Map();
  #tarballs = new Map();

  get url() {
    return `http://127.0.0.1:${this.server.address().port}/`;
  }

  /** What is published, by name. */
  published(name) {
    return this.#packages.get(name);
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  async #answer(request, response) {
    const path = decodeURIComponent(request.url.slice(1));
    if (request.method === 'PUT') {
      const chunks = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      const conflict = this.#publish(JSON.parse(Buffer.concat(chunks)));
      return answer(response, conflict ? 403 : 201, conflict ? { error: conflict } : { ok: true });
    }
    const tarball = this.#tarballs.get(path);
    if (tarball) {
      return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(tarball);
    }
    const found = this.#packages.get(path);
    return answer(response, found ? 200 : 404, found ?? { error: `${path} is not here.` });
  }

  /** Stores what `npm publish` sends; gives the reason why not. */
  #publish({ _id: name, 'versions': versions, 'dist-tags': tags, '_attachments': attachments }) {
    const known = this.#packages.get(name) ?? { name, 'versions': {}, 'dist-tags': {} };
    for (const [version, manifest] of Object.entries(versions)) {
      if (known.versions[version]) {
        return `You cannot publish over ${name}@${version}.`;
      }
      const [attachment] = Object.values(attachments);
      const tarball = Buffer.from(attachment.data, 'base64');
      const path = `${name}/-/${name}-${version}.tgz`;
      this.#tarballs.set(path, tarball);
      const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
      known.versions[version] = { ...manifest, dist: { tarball: `${this.url}${path}`, integrity, shasum: createHash('sha1').update(tarball).digest('hex') } };
    }
    Object.assign(known['dist-tags'], tags);
    this.#packages.set(name, known);
    return undefined;
  }
}

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
