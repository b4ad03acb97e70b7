import { InviteDto } from './invite.dto.js';

export class CreatedInviteDto extends InviteDto {
  /**
   * The secret of the link, shown this once: `POST /invites/{token}/accept`.
   * @example "Zk3Jv0pX9sQ2tY7bLw5RmAx1Cq8Vd4Eh"
   */
  token: string;
}
