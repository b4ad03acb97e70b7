import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { AppConfig } from '../../common/config/app-config.js';
import { Database } from '../../common/database/database.js';
import { appError } from '../../common/errors/app-error.js';
import { RateLimitService } from '../../common/rate-limit/rate-limit.service.js';
import { Clock } from '../../common/time/clock.js';
import { say } from '../../common/validation/say.js';
import type { ChangePasswordDto } from './dto/change-password.dto.js';
import type { LoginDto } from './dto/login.dto.js';
import type { RegisterDto } from './dto/register.dto.js';
import type { ResetPasswordDto } from './dto/reset-password.dto.js';
import type { SendSmsCodeDto } from './dto/send-sms-code.dto.js';
import type { SignedInDto } from './dto/signed-in.dto.js';
import type { SmsCodeSentDto } from './dto/sms-code-sent.dto.js';
import { PasswordHasher } from './password-hasher.js';
import { type Device, type Issued, SessionService } from './session.service.js';
import { SmsCodeService } from './sms-code.service.js';
import { accountNotFound, phoneTaken, wrongCredentials, wrongPassword } from './user.errors.js';
import { maskPhone, nicknameKeyOf, toMeDto } from './user.mapper.js';
import { type NewUser, UserRepository } from './user.repository.js';

@Injectable()
export class AuthService {
  constructor(
    private readonly db: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionService,
    private readonly codes: SmsCodeService,
    private readonly hasher: PasswordHasher,
    private readonly limits: RateLimitService,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async sendSmsCode(dto: SendSmsCodeDto, device: Device): Promise<SmsCodeSentDto> {
    const resendAfter = await this.codes.send(dto.phone, dto.purpose, device.address);
    return { resendAfter, expiresIn: this.config.sms.codeTtlSeconds };
  }

  async register(dto: RegisterDto, device: Device): Promise<Issued<SignedInDto>> {
    await this.codes.use(dto.phone, 'register', dto.code);
    const nickname = dto.nickname ?? maskPhone(dto.phone);
    const user: NewUser = {
      phone: dto.phone,
      passwordHash: await this.hasher.hash(dto.password),
      nickname,
      nicknameKey: nicknameKeyOf(nickname),
      gender: dto.gender ?? 'unknown',
      birthday: dto.birthday ?? null,
      province: dto.province ?? null,
      city: dto.city ?? null,
      createdAt: this.clock.now(),
    };
    return this.db.transaction(async () => this.signIn(await this.insert(user), device));
  }

  private async insert(user: NewUser): Promise<number> {
    try {
      return await this.users.insert(user);
    } catch (error) {
      if (this.db.duplicateKey(error) === 'uq_users_phone') throw phoneTaken();
      throw error;
    }
  }

  async login(dto: LoginDto, device: Device): Promise<Issued<SignedInDto>> {
    if ((dto.password === undefined) === (dto.code === undefined)) {
      const message = say('give either password or code', '请提供密码或验证码其中之一');
      throw appError('BAD_PARAMETER', { fields: { password: [message], code: [message] } });
    }
    const id =
      dto.password === undefined
        ? await this.checkCode(dto.phone, dto.code!)
        : await this.checkPassword(dto.phone, dto.password);
    return this.db.transaction(() => this.signIn(id, device));
  }

  private async checkPassword(phone: string, password: string): Promise<number> {
    await this.limits.consume('loginPhone', phone);
    const user = await this.users.findByPhone(phone);
    if (!(await this.hasher.matches(user?.passwordHash, password))) throw wrongCredentials();
    await this.limits.reset('loginPhone', phone);
    return user!.id;
  }

  private async checkCode(phone: string, code: string): Promise<number> {
    await this.codes.use(phone, 'login', code);
    const user = await this.users.findByPhone(phone);
    // The right code proves that the caller holds the phone: he may know that it has no account.
    if (!user) throw accountNotFound();
    return user.id;
  }

  private async signIn(userId: number, device: Device): Promise<Issued<SignedInDto>> {
    const profile = (await this.users.findProfile(userId))!;
    return { ...(await this.sessions.open(profile, device)), user: toMeDto(profile) };
  }

  async resetPassword(dto: ResetPasswordDto): Promise<void> {
    await this.codes.use(dto.phone, 'reset', dto.code);
    const passwordHash = await this.hasher.hash(dto.password);
    await this.db.transaction(async () => {
      const user = await this.users.findByPhone(dto.phone);
      if (!user) throw accountNotFound();
      await this.users.update(user.id, { passwordHash }, this.clock.now());
      await this.sessions.revokeAll(user.id, 'password');
    });
    await this.limits.reset('loginPhone', dto.phone);
  }

  /** Ends every other session of the person. */
  async changePassword(actor: Actor, dto: ChangePasswordDto): Promise<void> {
    await this.limits.consume('password', `user:${actor.id}`);
    const user = (await this.users.findById(actor.id))!;
    if (!(await this.hasher.matches(user.passwordHash, dto.currentPassword))) throw wrongPassword();
    const passwordHash = await this.hasher.hash(dto.newPassword);
    await this.db.transaction(async () => {
      await this.users.update(actor.id, { passwordHash }, this.clock.now());
      await this.sessions.revokeAll(actor.id, 'password', actor.sessionId);
    });
  }
}
