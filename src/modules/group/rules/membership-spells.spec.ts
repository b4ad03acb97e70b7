import { describe, expect, it } from 'vitest';
import { stretchesOf, stretchStartOf } from './membership-spells.js';

describe('stretches of membership', () => {
  it('join what was left and re-joined on the same day', () => {
    const spells = [
      { joinedDay: '1970-01-02', leftDay: '1970-01-05' },
      { joinedDay: '1970-01-05', leftDay: '1970-01-05' },
      { joinedDay: '1970-01-05', leftDay: null },
    ];
    expect(stretchesOf(spells)).toEqual([{ from: 1, to: Infinity }]);
    expect(stretchStartOf(spells)).toBe('1970-01-02');
  });

  it('begin anew when the re-join is a day later', () => {
    const spells = [
      { joinedDay: '1970-01-02', leftDay: '1970-01-05' },
      { joinedDay: '1970-01-06', leftDay: null },
    ];
    expect(stretchesOf(spells)).toEqual([
      { from: 1, to: 4 },
      { from: 5, to: Infinity },
    ]);
    expect(stretchStartOf(spells)).toBe('1970-01-06');
  });

  it('are none for a stranger, and none open for one who left', () => {
    expect(stretchesOf([])).toEqual([]);
    expect(stretchStartOf([])).toBeNull();
    expect(stretchStartOf([{ joinedDay: '1970-01-02', leftDay: '1970-01-05' }])).toBeNull();
  });
});
