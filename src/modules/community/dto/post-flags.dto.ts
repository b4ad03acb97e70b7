export class PostFlagsDto {
  /**
   * First in every list of the group.
   * @example true
   */
  pinned: boolean;

  /** @example false */
  excellent: boolean;

  /**
   * Only those who run the group comment and edit.
   * @example false
   */
  locked: boolean;
}
