import { allow } from './access.js';
import type { Scope } from './role.js';

/** Only actors whose role has the scope may call. */
export const RequireScope = (scope: Scope) => allow({ mode: 'required', scope });
