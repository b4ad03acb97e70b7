import { dayFault } from '../validation/is-day.js';
import { badPath, pathParam } from './path-param.js';

/** The calendar day of that name in the path, 'YYYY-MM-DD', from 1900 to 2999. */
export const DayParam = pathParam(
  (text, name) => {
    const fault = dayFault(text);
    if (fault) throw badPath(name, fault);
    return text;
  },
  { schema: { type: 'string', format: 'date', example: '2026-01-31' } },
);
