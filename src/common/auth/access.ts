import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Scope } from './role.js';

/** Who may call a route. */
export interface Access {
  readonly mode: 'required' | 'optional' | 'public';
  readonly scope?: Scope;
}

export const ACCESS_METADATA = 'higroup:access';

/** Of a route without a mark: whoever has a valid access token. */
export const DEFAULT_ACCESS: Access = { mode: 'required' };

/** Marks a route or a controller, for the guard and for the API document. */
export function allow(access: Access): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(ACCESS_METADATA, access), ApiExtension('x-access', access));
}
