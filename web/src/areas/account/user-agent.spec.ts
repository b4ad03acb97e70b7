import { describe, expect, it } from 'vitest';
import { deviceOf } from './user-agent';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the device of a user agent', () => {
  it.each([
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
      { kind: 'phone', browser: 'Safari', system: 'iPhone' },
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/120.0 Mobile/15E148 Safari/604.1',
      { kind: 'tablet', browser: 'Chrome', system: 'iPad' },
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36 Edg/141.0`,
      { kind: 'computer', browser: 'Edge', system: 'Windows' },
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${WEBKIT} Chrome/141.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50`,
      { kind: 'phone', browser: 'WeChat', system: 'Android' },
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; SM-X710) ${WEBKIT} SamsungBrowser/27.0 Chrome/125.0.0.0 Safari/537.36`,
      { kind: 'tablet', browser: 'Samsung Internet', system: 'Android' },
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0',
      { kind: 'computer', browser: 'Firefox', system: 'macOS' },
    ],
    [`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT}`, { kind: 'computer', system: 'Linux' }],
    ['curl/8.5.0', { kind: 'program', browser: 'curl' }],
    ['', { kind: 'program' }],
  ])('%s', (userAgent, device) => {
    expect(deviceOf(userAgent)).toEqual(device);
  });
});
