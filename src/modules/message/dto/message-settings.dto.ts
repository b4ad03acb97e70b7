import { IsBoolean } from 'class-validator';
import type { NoticeType } from '../../../common/events/notice.js';

/** What I want to be told of; what the system itself has to say cannot be switched off. */
export class MessageSettingsDto implements Record<Exclude<NoticeType, 'system'>, boolean> {
  /**
   * Comments on my posts and check-ins.
   * @example true
   */
  @IsBoolean()
  comment: boolean;

  /**
   * Replies to my comments.
   * @example true
   */
  @IsBoolean()
  reply: boolean;

  /**
   * Likes of what is mine, and votes for my answers.
   * @example false
   */
  @IsBoolean()
  like: boolean;

  /**
   * Answers to my questions and to those I follow.
   * @example true
   */
  @IsBoolean()
  answer: boolean;

  /**
   * Replies to my answers.
   * @example true
   */
  @IsBoolean()
  answerReply: boolean;

  /**
   * My answers that were accepted.
   * @example true
   */
  @IsBoolean()
  accepted: boolean;

  /**
   * Where somebody names me.
   * @example true
   */
  @IsBoolean()
  mention: boolean;

  /**
   * Applications to groups I run.
   * @example true
   */
  @IsBoolean()
  application: boolean;

  /**
   * What became of my applications.
   * @example true
   */
  @IsBoolean()
  decision: boolean;

  /**
   * My place in a group: promoted, demoted, owner, removed.
   * @example true
   */
  @IsBoolean()
  role: boolean;

  /**
   * That a check-in is still due today.
   * @example true
   */
  @IsBoolean()
  reminder: boolean;
}
