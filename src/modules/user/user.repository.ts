import { Injectable } from '@nestjs/common';
import { Database } from '../../common/database/database.js';
import { holes } from '../../common/database/sql.js';
import { User } from './user.entity.js';

export type NewUser = Omit<User, 'id' | 'bio' | 'role' | 'avatar' | 'language' | 'timeZone' | 'updatedAt'>;
export type UserChanges = Partial<
  Pick<
    User,
    | 'nickname'
    | 'nicknameKey'
    | 'gender'
    | 'birthday'
    | 'province'
    | 'city'
    | 'bio'
    | 'avatar'
    | 'language'
    | 'timeZone'
  >
>;
/** A flat row of the profile; instants are as the driver gives them. */
export interface ProfileRow extends Omit<User, 'passwordHash' | 'nicknameKey' | 'createdAt' | 'updatedAt'> {
  createdAt: Date | string;
}

const PROFILE = `select id, phone, nickname, gender, birthday, province, city, bio, role, avatar, language,
  time_zone as timeZone,  created_at as createdAt from users where id = ?`;

@Injectable()
export class UserRepository {
  constructor(private readonly db: Database) {}

  insert(user: NewUser): Promise<number> {
    const values = { ...user, updatedAt: user.createdAt };
    return this.db.insert(User, values);
  }

  findProfile(id: number): Promise<ProfileRow | undefined> {
    return this.db.row<ProfileRow>(PROFILE, [id]);
  }

  findByPhone(phone: string): Promise<User | null> {
    return this.db.repo(User).findOneBy({ phone });
  }

  findById(id: number): Promise<User | null> {
    return this.db.repo(User).findOneBy({ id });
  }

  /** Bearers of the names, oldest first. */
  listByNicknameKeys(keys: readonly string[], max = 200): Promise<{ id: number; nickname: string }[]> {
    return this.db.rows(
      `select id, nickname from users where nickname_key in (${holes(keys)})
       order by id limit ${max}`,
      keys,
    );
  }

  /** Whether there was such a user. */
  async update(id: number, changes: UserChanges | Pick<User, 'passwordHash'> | Pick<User, 'role'>, at: Date) {
    const result = await this.db.repo(User).update({ id }, { ...changes, updatedAt: at });
    return (result.affected ?? 0) > 0;
  }
}
