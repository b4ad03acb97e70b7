import { applyDecorators } from '@nestjs/common';
import { Check } from '../../../common/validation/check.js';
import { IsDay } from '../../../common/validation/is-day.js';
import { say } from '../../../common/validation/say.js';

/** A day somebody alive can have been born on. */
export const IsBirthday = () =>
  applyDecorators(
    IsDay({ min: '1900-01-01' }),
    Check('isBirthday', (value) =>
      // Tomorrow in UTC is already today somewhere east of it.
      typeof value === 'string' && value > dayOf(Date.now() + 14 * 3_600_000)
        ? say('must not lie in the future', '不能晚于今天')
        : undefined,
    ),
  );

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
