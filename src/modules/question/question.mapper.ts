import { htmlOf } from '../../common/content/content-text.js';
import { isoOf, isoOrNull } from '../../common/database/values.js';
import { imagesOf, type MediaUrls } from '../upload/index.js';
import { toUserRef } from '../user/index.js';
import type { AnswerReplyRow } from './answer-reply.repository.js';
import type { AnswerRow } from './answer.repository.js';
import type { AnswerReplyDto } from './dto/answer-reply.dto.js';
import type { AnswerDto } from './dto/answer.dto.js';
import type { QuestionDetailDto } from './dto/question-detail.dto.js';
import type { QuestionDto } from './dto/question.dto.js';
import type { UserAnswerDto } from './dto/user-answer.dto.js';
import type { QuestionListRow, QuestionRow } from './question.repository.js';

/** Whose eyes the addresses of pictures are made for. */
export interface Viewer {
  id: number;
}

interface Illustrated {
  images: unknown;
  groupVisibility: 'public' | 'private' | null;
}

export function toQuestionDto(row: QuestionListRow, media: MediaUrls, viewer: Viewer): QuestionDto {
  return {
    id: row.id,
    groupId: row.groupId,
    groupName: row.groupName,
    categoryId: row.categoryId,
    author: toUserRef(row),
    title: row.title,
    excerpt: row.excerpt,
    images: toImages(row, media, viewer),
    answerCount: row.answerCount,
    voteScore: row.voteScore,
    viewCount: row.viewCount,
    followerCount: row.followerCount,
    hasAcceptedAnswer: row.acceptedAnswerId !== null,
    closed: row.closedAt !== null,
    createdAt: isoOf(row.createdAt),
    editedAt: isoOrNull(row.editedAt),
  };
}

export function toQuestionDetailDto(row: QuestionRow, media: MediaUrls, viewer: Viewer): QuestionDetailDto {
  return {
    ...toQuestionDto(row, media, viewer),
    body: row.body,
    html: toHtml(row, media, viewer),
    version: row.version,
    acceptedAnswerId: row.acceptedAnswerId,
    closedAt: isoOrNull(row.closedAt),
    closeReason: row.closeReason,
    closedByModerator: row.closedBy !== null && row.closedBy !== row.userId,
    myVote: row.myVote ?? 0,
    following: row.followId !== null,
    myAnswerId: row.myAnswerId,
  };
}

export function toAnswerDto(row: AnswerRow, media: MediaUrls, viewer: Viewer): AnswerDto {
  return {
    id: row.id,
    questionId: row.questionId,
    author: toUserRef(row),
    body: row.body,
    html: toHtml(row, media, viewer),
    images: toImages(row, media, viewer),
    voteScore: row.voteScore,
    myVote: row.myVote ?? 0,
    accepted: Boolean(row.accepted),
    replyCount: row.replyCount,
    version: row.version,
    createdAt: isoOf(row.createdAt),
    editedAt: isoOrNull(row.editedAt),
  };
}

export const toUserAnswerDto = (row: AnswerRow, media: MediaUrls, viewer: Viewer): UserAnswerDto => ({
  ...toAnswerDto(row, media, viewer),
  questionTitle: row.questionTitle,
});

export function toAnswerReplyDto(row: AnswerReplyRow): AnswerReplyDto {
  const { replyToUserId, toNickname, toAvatar } = row;
  return {
    id: row.id,
    answerId: row.answerId,
    author: toUserRef(row),
    replyTo:
      replyToUserId === null
        ? null
        : toUserRef({ userId: replyToUserId, nickname: toNickname!, avatar: toAvatar }),
    body: row.body,
    html: htmlOf(row),
    createdAt: isoOf(row.createdAt),
    editedAt: isoOrNull(row.editedAt),
  };
}

const isRestricted = ({ groupVisibility }: Illustrated) => groupVisibility === 'private';

const toImages = (row: Illustrated, media: MediaUrls, viewer: Viewer) =>
  imagesOf(row).map((image) => media.toImageDto(image, viewer, isRestricted(row)));

const toHtml = (row: Illustrated & Parameters<typeof htmlOf>[0], media: MediaUrls, viewer: Viewer) =>
  media.signHtml(htmlOf(row), imagesOf(row), viewer, isRestricted(row));
