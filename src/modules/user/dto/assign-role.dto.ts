import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { ROLES, type Role } from '../../../common/auth/role.js';

export class AssignRoleDto {
  /** @example "moderator" */
  @IsOneOf(ROLES)
  role: Role;
}
