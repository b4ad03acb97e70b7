import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Role } from '../../src/common/auth/role.js';
import { Database } from '../../src/common/database/database.js';
import type { FixedClock } from '../../src/common/time/clock.js';
import { normaliseKey } from '../../src/common/validation/normalise-key.js';
import { SessionService } from '../../src/modules/user/session.service.js';
import type { Answer, Api } from './client.js';

export interface TestUser {
  id: number;
  nickname: string;
  phone: string;
  role: Role;
  accessToken: string;
  refreshToken: string;
  sessionId: number;
}

/** A group's settings where a test cares; everything else has a default. */
export type GroupSettings = Record<string, unknown> & { rule?: Record<string, unknown> };

/** Makes what a test starts from. Users skip the registration, whose hashing is slow on purpose. */
export class World {
  private users = 0;

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly api: Api,
    readonly clock: FixedClock,
  ) {}

  async user({ role = 'user', nickname }: { role?: Role; nickname?: string } = {}): Promise<TestUser> {
    const n = ++this.users;
    const phone = `+86139${String(n).padStart(8, '0')}`;
    const name = nickname ?? `user${n}`;
    const db = this.app.get(Database);
    const now = this.clock.now();
    const { insertId: id } = await db.run(
      `insert into users (phone, password_hash, nickname, nickname_key, role, created_at, updated_at)
       values (?, '-', ?, ?, ?, ?, ?)`,
      [phone, name, normaliseKey(name), role, now, now],
    );
    return { id, nickname: name, phone, role, ...(await this.signIn({ id, role })) };
  }

  /** A further session of a user. */
  async signIn({ id, role = 'user' }: { id: number; role?: Role }) {
    const sessions = this.app.get(SessionService, { strict: false });
    const { accessToken, refreshToken, sessionId } = await sessions.open(
      { id, role },
      { address: '127.0.0.1', userAgent: 'test' },
    );
    return { accessToken, refreshToken, sessionId };
  }

  usersOf(count: number): Promise<TestUser[]> {
    return Promise.all(Array.from({ length: count }, () => this.user()));
  }

  /** A group of `owner`'s, by default open and daily in Shanghai, with `members` besides. */
  async group(
    owner: TestUser,
    { members = [], ...settings }: GroupSettings & { members?: TestUser[] } = {},
  ): Promise<{ id: number } & Answer['data']> {
    const { data } = expectStatus(
      201,
      await this.api.as(owner).post('/groups', {
        name: 'Every day',
        categoryId: 1,
        ...settings,
        rule: { timeZone: 'Asia/Shanghai', ...settings.rule },
      }),
    );
    for (const member of members) await this.join(data.id, member, owner);
    return data;
  }

  /** Makes a user a member, whatever the group's join policy. */
  async join(groupId: number, user: TestUser, owner: TestUser): Promise<void> {
    const invite = expectStatus(201, await this.api.as(owner).post(`/groups/${groupId}/invites`));
    expectStatus(201, await this.api.as(user).post(`/invites/${invite.data.token}/accept`));
  }

  /** Checks in; throws unless it is the first check-in of the day. */
  async checkIn(groupId: number, user: TestUser, note?: string): Promise<Answer['data']> {
    return expectStatus(201, await this.api.as(user).post(`/groups/${groupId}/check-ins`, { note })).data;
  }
}

export function expectStatus(status: number, answer: Answer): Answer {
  if (answer.status === status) return answer;
  throw new Error(
    `expected ${status}, got ${answer.status}: ${JSON.stringify({ ...answer, headers: undefined })}`,
  );
}
