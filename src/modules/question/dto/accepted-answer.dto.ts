export class AcceptedAnswerDto {
  /**
   * Null: none is accepted.
   * @example 77
   */
  acceptedAnswerId: number | null;
}
