/** A person, as far as a list needs to name one. */
export class UserRefDto {
  /** @example 42 */
  id: number;

  /** @example "晨跑的小李" */
  nickname: string;
}
