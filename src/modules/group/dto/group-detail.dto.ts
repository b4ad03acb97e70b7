import { GroupDto } from './group.dto.js';

export class GroupDetailDto extends GroupDto {
  /** Whether an application of mine is waiting for a decision. */
  applicationPending: boolean;

  /**
   * The group's calendar day, by its rule.
   * @example "2026-01-31"
   */
  today: string;

  /**
   * When that day ends.
   * @example "2026-01-31T16:00:00.000Z"
   */
  dayEndsAt: string;
}
