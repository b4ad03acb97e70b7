import { describe, expect, it } from 'vitest';
import { AllowedMethods } from './allowed-methods.js';

describe('AllowedMethods', () => {
  const methods = new AllowedMethods();
  methods.add('/api/v1/groups', 'GET');
  methods.add('/api/v1/groups', ['POST', 'HEAD']);
  methods.add('/api/v1/groups/:groupId', 'PATCH');
  methods.add('/api/v1/groups/mine', 'DELETE');
  methods.add('/docs/*', 'GET');

  it('knows the methods of a path, with or without a query or a trailing slash', () => {
    for (const url of ['/api/v1/groups', '/api/v1/groups/', '/api/v1/groups?x=/y']) {
      expect(methods.of(url)).toBe('GET, HEAD, POST');
    }
  });

  it('joins the routes that match one path', () => {
    expect(methods.of('/api/v1/groups/7')).toBe('PATCH');
    expect(methods.of('/api/v1/groups/mine')).toBe('DELETE, PATCH');
  });

  it('knows nothing of paths that are none', () => {
    for (const url of [
      '/',
      '/api/v1',
      '/api/v1/groups/7/8',
      '/api/v1/groupsx',
      '/docs/x',
      '/api/v1/groups//',
    ]) {
      expect(methods.of(url)).toBeUndefined();
    }
  });
});
