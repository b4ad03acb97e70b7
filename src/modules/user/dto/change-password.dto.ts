import { IsPassword } from '../../../common/validation/is-password.js';
import { IsGivenPassword } from './is-given-password.js';

export class ChangePasswordDto {
  /** @example "correct horse battery" */
  @IsGivenPassword()
  currentPassword: string;

  /** @example "a new and better one" */
  @IsPassword()
  newPassword: string;
}
