/** What the holder of a link learns before he accepts. */
export class InvitePreviewDto {
  /** @example 7 */
  groupId: number;

  /** @example "每天早起跑步" */
  name: string;

  /** @example "风雨无阻，每天五公里。" */
  description: string;

  /** @example 42 */
  memberCount: number;

  /** @example 200 */
  maxMembers: number;

  /** @example "2026-02-07T08:00:00.000Z" */
  expiresAt: string;
}
