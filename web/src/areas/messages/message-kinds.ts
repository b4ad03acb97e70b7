import {
  mdiAccountCheckOutline,
  mdiAccountPlusOutline,
  mdiAlarm,
  mdiAt,
  mdiCheckDecagram,
  mdiCommentOutline,
  mdiHeart,
  mdiInformationOutline,
  mdiLightbulbOnOutline,
  mdiReplyOutline,
  mdiShieldAccountOutline,
} from '@mdi/js';
import type { MessageType } from '@/live/message-lists';

/** Twelve types are too many to choose from. */
export const KINDS = {
  talk: ['comment', 'reply'],
  mention: ['mention'],
  like: ['like'],
  question: ['answer', 'answerReply', 'accepted'],
  group: ['application', 'decision', 'role', 'reminder', 'system'],
} as const satisfies Record<string, readonly MessageType[]>;

export type Kind = keyof typeof KINDS;

export const isKind = (name: unknown): name is Kind => typeof name === 'string' && Object.hasOwn(KINDS, name);

export const ICONS: Record<MessageType, string> = {
  comment: mdiCommentOutline,
  reply: mdiReplyOutline,
  mention: mdiAt,
  like: mdiHeart,
  answer: mdiLightbulbOnOutline,
  answerReply: mdiReplyOutline,
  accepted: mdiCheckDecagram,
  application: mdiAccountPlusOutline,
  decision: mdiAccountCheckOutline,
  role: mdiShieldAccountOutline,
  reminder: mdiAlarm,
  system: mdiInformationOutline,
};
