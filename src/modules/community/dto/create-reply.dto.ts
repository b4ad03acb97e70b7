import { IsIntIn } from '../../../common/validation/is-int-in.js';
import { Optional } from '../../../common/validation/optional.js';
import { WriteCommentDto } from './write-comment.dto.js';

export class CreateReplyDto extends WriteCommentDto {
  /**
   * Whom it answers: one who has written the comment or a reply to it. By default the author of the reply that is
   * answered, nobody in particular for a comment.
   */
  @Optional()
  @IsIntIn(1, Number.MAX_SAFE_INTEGER)
  replyToUserId?: number;
}
