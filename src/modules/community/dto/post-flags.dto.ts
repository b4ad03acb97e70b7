export class PostFlagsDto {
  /** First in every list of the group. */
  pinned: boolean;

  excellent: boolean;

  /** Only those who run the group comment and edit. */
  locked: boolean;
}
