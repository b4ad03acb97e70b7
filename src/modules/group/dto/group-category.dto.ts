export class GroupCategoryDto {
  /** @example 3 */
  id: number;

  /** @example "running" */
  slug: string;

  /**
   * In the language of the request.
   * @example "Running"
   */
  name: string;
}
