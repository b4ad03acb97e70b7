import { avatarUrlOf } from '../upload/index.js';
import type { UserRefDto } from './dto/user-ref.dto.js';

/** Columns of `users` that a list selects to name people. */
export interface UserRefRow {
  userId: number;
  nickname: string;
  avatar: string | null;
}

export const toUserRef = ({ userId, nickname, avatar }: UserRefRow): UserRefDto => ({
  id: userId,
  nickname,
  avatarUrl: avatarUrlOf(avatar),
});
