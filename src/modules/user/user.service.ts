import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { RevocationList } from '../../common/auth/revocation-list.js';
import type { Role } from '../../common/auth/role.js';
import { Database } from '../../common/database/database.js';
import { BusinessLog } from '../../common/logging/business-log.js';
import { Clock } from '../../common/time/clock.js';
import { UploadService } from '../upload/index.js';
import type { MeDto } from './dto/me.dto.js';
import type { PublicUserDto } from './dto/public-user.dto.js';
import type { UserRoleDto } from './dto/user-role.dto.js';
import type { UpdateMeDto } from './dto/update-me.dto.js';
import { userNotFound } from './user.errors.js';
import { nicknameKeyOf, toMeDto, toPublicUserDto } from './user.mapper.js';
import { type ProfileRow, UserRepository } from './user.repository.js';

@Injectable()
export class UserService {
  constructor(
    private readonly db: Database,
    private readonly users: UserRepository,
    private readonly uploads: UploadService,
    private readonly revocations: RevocationList,
    private readonly businessLog: BusinessLog,
    private readonly clock: Clock,
  ) {}

  async getMe(actor: Actor): Promise<MeDto> {
    return toMeDto(await this.getProfile(actor.id));
  }

  async getUser(id: number): Promise<PublicUserDto> {
    return toPublicUserDto(await this.getProfile(id));
  }

  async updateMe(actor: Actor, { avatarId, ...fields }: UpdateMeDto): Promise<MeDto> {
    const changes = {
      ...fields,
      ...(fields.nickname === undefined ? {} : { nicknameKey: nicknameKeyOf(fields.nickname) }),
    };
    return this.db.transaction(async () => {
      await this.users.update(actor.id, changes, this.clock.now());
      if (avatarId !== undefined) await this.changeAvatar(actor, avatarId);
      return toMeDto(await this.getProfile(actor.id));
    });
  }

  /** After the user's row was written, on which parallel changes wait for each other. */
  private async changeAvatar(actor: Actor, id: number | null): Promise<void> {
    const target = { type: 'avatar', id: actor.id, groupId: null } as const;
    const [avatar] = await this.uploads.attach(actor, id === null ? [] : [id], target);
    await this.users.update(actor.id, { avatar: avatar?.name ?? null }, this.clock.now());
  }

  /** Tokens issued under the old role end at once; a refresh brings the new one. */
  async assignRole(actor: Actor | null, userId: number, role: Role): Promise<UserRoleDto> {
    return this.db.transaction(async () => {
      const before = await this.getProfile(userId);
      await this.users.update(userId, { role }, this.clock.now());
      await this.businessLog.record({
        actor,
        action: 'user.assign-role',
        objectType: 'user',
        objectId: userId,
        detail: { from: before.role, to: role },
      });
      this.db.afterCommit(() => this.revocations.expireTokensOf(userId));
      return { id: userId, role };
    });
  }

  private async getProfile(id: number): Promise<ProfileRow> {
    const profile = await this.users.findProfile(id);
    if (!profile) throw userNotFound();
    return profile;
  }
}
