import { describe, expect, it } from 'vitest';
import { runInRequest } from '../request/request-context.js';
import { parseId } from './id-param.decorator.js';

describe('an id in a path', () => {
  it.each([
    ['1', 1],
    ['42', 42],
    ['9007199254740991', 9007199254740991],
  ])('may be %s', (text, id) => expect(parseId(text, 'groupId')).toBe(id));

  it.each([
    '',
    '0',
    '-1',
    '+1',
    '01',
    '1e3',
    '1.0',
    ' 1',
    '1 ',
    '0x10',
    '１',
    '٣',
    'NaN',
    'me',
    '1\0',
    '9007199254740992',
    '99999999999999999999',
  ])('may not be %j, and the answer names the parameter', (text) => {
    expect(() => parseId(text, 'groupId')).toThrow(
      expect.objectContaining({
        error: 'BAD_PARAMETER',
        fields: { groupId: ['must be a whole number from 1 to 9007199254740991'] },
      }),
    );
  });

  it('is refused in the language of the request', () => {
    runInRequest({ requestId: 'r', language: 'zh', address: '::1' }, () =>
      expect(() => parseId('x', 'id')).toThrow(
        expect.objectContaining({ fields: { id: ['必须是 1 到 9007199254740991 之间的整数'] } }),
      ),
    );
  });
});
