import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { IsBirthday } from './is-birthday.js';
import { IsText } from '../../../common/validation/is-text.js';
import { Nullable, Optional } from '../../../common/validation/optional.js';
import { GENDERS, type Gender } from '../user.entity.js';
import { USER_LIMITS } from '../user.limits.js';

/** What a person tells about himself; every field may be left out. */
export class ProfileFieldsDto {
  /**
   * Left out on registration: the masked phone.
   * @example "晨跑的小李"
   */
  @Optional()
  @IsText({ min: 1, max: USER_LIMITS.nickname })
  nickname?: string;

  /** @example "female" */
  @Optional()
  @IsOneOf(GENDERS)
  gender?: Gender;

  /**
   * A calendar day from 1900-01-01 to today.
   * @example "1995-08-17"
   */
  @Nullable()
  @IsBirthday()
  birthday?: string | null;

  /** @example "浙江" */
  @Nullable()
  @IsText({ min: 1, max: USER_LIMITS.place })
  province?: string | null;

  /** @example "杭州" */
  @Nullable()
  @IsText({ min: 1, max: USER_LIMITS.place })
  city?: string | null;
}
