/** Which methods a path has, so that the wrong one is answered with 405 and `Allow` instead of 404. */
export class AllowedMethods {
  private readonly routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  add(path: string, method: string | string[]): void {
    if (path.includes('*')) return;
    let route = this.routes.get(path);
    if (!route) {
      const source = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:[^/]+/g, '[^/]+');
      this.routes.set(
        path,
        (route = { pattern: new RegExp(`^${source.replace(/\/$/, '')}/?$`), methods: new Set() }),
      );
    }
    for (const name of [method].flat()) route.methods.add(name);
  }

  /** The methods of a path, as the `Allow` header lists them; undefined when there is no such path. */
  of(url: string): string | undefined {
    const path = url.split('?', 1)[0]!;
    const methods = new Set<string>();
    for (const route of this.routes.values()) {
      if (route.pattern.test(path)) for (const method of route.methods) methods.add(method);
    }
    return methods.size > 0 ? [...methods].sort().join(', ') : undefined;
  }
}
