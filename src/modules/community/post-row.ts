import type { Instant } from '../../common/database/values.js';

/** A post with what a list shows of it, as one reader sees it. Booleans are 0 or 1, `images` JSON. */
export interface PostRow {
  id: number;
  groupId: number;
  groupName: string;
  visibility: 'public' | 'private';
  userId: number;
  nickname: string;
  avatar: string | null;
  checkInId: number | null;
  title: string;
  excerpt: string;
  images: unknown;
  pinned: boolean;
  excellent: boolean;
  locked: boolean;
  commentCount: number;
  likeCount: number;
  liked: boolean;
  createdAt: Instant;
  editedAt: Instant | null;
}

/** For `posts p` with `POST_JOINS`. */
export const POST_COLUMNS = `p.id, p.group_id as groupId, g.name as groupName, g.visibility, p.author_id as userId,
  u.nickname, u.avatar, p.check_in_id as checkInId, p.title, p.excerpt, p.images, p.pinned, p.excellent, p.locked,
  p.comment_count as commentCount, p.like_count as likeCount, l.id is not null as liked, p.created_at as createdAt,
  p.edited_at as editedAt`;

/** Their parameter is the reader's id. */
export const POST_JOINS = `join users u on u.id = p.author_id join group_info g on g.id = p.group_id
  left join likes l on l.target_type = 'post' and l.target_id = p.id and l.user_id = ?`;
