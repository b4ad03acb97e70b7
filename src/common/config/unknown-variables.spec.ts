import { describe, expect, it } from 'vitest';
import { variables } from './topics.js';
import { unknownVariables } from './unknown-variables.js';

const known = Object.keys(variables);
const inProcess = (env: NodeJS.ProcessEnv) => unknownVariables(known, [], env);

describe('unknownVariables', () => {
  it.each([
    ['DATABASE_HOST', undefined],
    ['REDIS_PASSWORD', undefined],
    ['RATE_LIMIT_LOGINS', 'RATE_LIMIT_LOGIN'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['LOG_LEVLE', 'LOG_LEVEL'],
    ['NODE_EVN', 'NODE_ENV'],
    ['PROT', 'PORT'],
    ['TRUSTPROXY', 'TRUST_PROXY'],
    ['DATABASE_PORT', undefined],
  ])('notices %s', (name, meant) => {
    const [fault, ...more] = inProcess({ [name]: '1' });
    expect(more).toEqual([]);
    expect(fault).toBe(`${name} is not a variable of HiGroup${meant ? `; is ${meant} meant?` : ''}`);
  });

  it('leaves what a machine has anyway alone', () => {
    const machine = [
      'PATH',
      'HOME',
      'HOSTNAME',
      'PWD',
      'SHELL',
      'LOGNAME',
      'LANG',
      'TERM',
      'USER',
      'NODE_OPTIONS',
      'NODE_VERSION',
      'HTTP_PROXY',
      'npm_config_cache',
      'TZ',
      'CI',
      'TEST_REDIS_URL',
      'DATABASE',
    ];
    expect(inProcess(Object.fromEntries(machine.map((name) => [name, 'x'])))).toEqual([]);
  });

  it('leaves what Kubernetes says about neighbouring services alone', () => {
    expect(
      inProcess({
        REDIS_SERVICE_HOST: '10.0.0.1',
        REDIS_SERVICE_PORT: '6379',
        REDIS_SERVICE_PORT_MAIN: '6379',
        REDIS_PORT: 'tcp://10.0.0.1:6379',
        REDIS_PORT_6379_TCP: 'tcp://10.0.0.1:6379',
        REDIS_PORT_6379_TCP_ADDR: '10.0.0.1',
      }),
    ).toEqual([]);
  });
});
