import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Database } from '../../common/database/database.js';
import { Invite } from './invite.entity.js';

@Injectable()
export class InviteRepository {
  constructor(private readonly db: Database) {}

  insert(invite: Omit<Invite, 'id' | 'uses' | 'revokedAt'>): Promise<number> {
    return this.db.insert(Invite, invite);
  }

  find(groupId: number, id: number): Promise<Invite | null> {
    return this.db.repo(Invite).findOneBy({ id, groupId });
  }

  findByHash(tokenHash: string): Promise<Invite | null> {
    return this.db.repo(Invite).findOneBy({ tokenHash });
  }

  /** Newest first, revoked and expired ones too. */
  list(groupId: number, limit: number, beforeId?: number): Promise<Invite[]> {
    return this.db.repo(Invite).find({
      where: { groupId, ...(beforeId === undefined ? {} : { id: LessThan(beforeId) }) },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** False when every use is taken. */
  async use(id: number): Promise<boolean> {
    const sql = `update group_invites set uses = uses + 1
      where id = ? and revoked_at is null and (max_uses is null or uses < max_uses)`;
    return (await this.db.run(sql, [id])).affected === 1;
  }

  async revoke(id: number, at: Date): Promise<void> {
    await this.db.run('update group_invites set revoked_at = ? where id = ? and revoked_at is null', [
      at,
      id,
    ]);
  }
}
