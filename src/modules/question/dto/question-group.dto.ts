/** The group a question is asked in. */
export class QuestionGroupDto {
  /** @example 7 */
  id: number;

  /** @example "每天早起跑步" */
  name: string;
}
