export class QuestionCategoryDto {
  /** @example 2 */
  id: number;

  /** @example "running" */
  slug: string;

  /**
   * In the language of the request.
   * @example "Running and fitness"
   */
  name: string;
}
