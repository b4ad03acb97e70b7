import { ProfileFieldsDto } from './profile-fields.dto.js';
import { IsIntIn } from '../../../common/validation/is-int-in.js';
import { IsText } from '../../../common/validation/is-text.js';
import { IsOneOf } from '../../../common/validation/is-one-of.js';
import { IsTimeZone } from '../../../common/validation/is-time-zone.js';
import { Nullable, Optional } from '../../../common/validation/optional.js';
import { USER_LANGUAGES, type UserLanguage } from '../user.entity.js';
import { USER_LIMITS } from '../user.limits.js';

/** Fields left out stay as they are; null clears avatar, birthday, province, city, language or time zone. */
export class UpdateMeDto extends ProfileFieldsDto {
  /** @example "每天五公里" */
  @Optional()
  @IsText({ min: 0, max: USER_LIMITS.bio, multiline: true })
  bio?: string;

  /**
   * Of an upload of mine; null: no avatar.
   * @example null
   */
  @Nullable()
  @IsIntIn(1, Number.MAX_SAFE_INTEGER)
  avatarId?: number | null;

  /**
   * Null: as the device says.
   * @example "zh-CN"
   */
  @Nullable()
  @IsOneOf(USER_LANGUAGES)
  language?: UserLanguage | null;

  /**
   * An IANA time zone; null: as the device says.
   * @example "Asia/Shanghai"
   */
  @Nullable()
  @IsTimeZone()
  timeZone?: string | null;
}
