import { Body, Controller, Delete, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiCreatedData, ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { Public } from '../../common/auth/public.decorator.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { AuthService } from './auth.service.js';
import { CurrentDevice } from './current-device.decorator.js';
import { LoginDto } from './dto/login.dto.js';
import { RefreshDto } from './dto/refresh.dto.js';
import { RegisterDto } from './dto/register.dto.js';
import { ResetPasswordDto } from './dto/reset-password.dto.js';
import { SendSmsCodeDto } from './dto/send-sms-code.dto.js';
import { SessionDto } from './dto/session.dto.js';
import { SignedInDto } from './dto/signed-in.dto.js';
import { SmsCodeSentDto } from './dto/sms-code-sent.dto.js';
import { TokensDto } from './dto/tokens.dto.js';
import { RefreshCookie } from './refresh-cookie.js';
import { type Device, SessionService } from './session.service.js';

@ApiTags('Accounts')
@Controller({ path: 'auth', version: '1' })
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionService,
    private readonly cookie: RefreshCookie,
  ) {}

  /** Send a six-digit code to a phone. The answer is the same for known and unknown phones. */
  @Public()
  @RateLimit('smsCode')
  @Post('sms-codes')
  @ApiCreatedData(SmsCodeSentDto)
  @ApiErrors('CODE_TOO_SOON', 'CODE_DAILY_LIMIT', 'SMS_UNAVAILABLE', 'CACHE_UNAVAILABLE')
  sendSmsCode(@Body() dto: SendSmsCodeDto, @CurrentDevice() device: Device): Promise<SmsCodeSentDto> {
    return this.auth.sendSmsCode(dto, device);
  }

  /** Create an account with a phone, its code and a password, and sign in. */
  @Public()
  @RateLimit('register')
  @Post('register')
  @ApiCreatedData(SignedInDto)
  @ApiErrors('CODE_INVALID', 'PHONE_TAKEN', 'OVERLOADED', 'CACHE_UNAVAILABLE')
  register(
    @Body() dto: RegisterDto,
    @CurrentDevice() device: Device,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    return this.cookie.deliver(reply, this.auth.register(dto, device), dto.refreshIn);
  }

  /** Sign in by password or by code. */
  @Public()
  @RateLimit('login')
  @Post('login')
  @HttpCode(200)
  @ApiBody({
    type: LoginDto,
    examples: {
      password: { value: { phone: '13800000001', password: 'correct horse battery' } },
      code: { value: { phone: '13800000001', code: '042137' } },
    },
  })
  @ApiOkData(SignedInDto)
  @ApiErrors('WRONG_CREDENTIALS', 'CODE_INVALID', 'ACCOUNT_NOT_FOUND', 'OVERLOADED', 'CACHE_UNAVAILABLE')
  login(
    @Body() dto: LoginDto,
    @CurrentDevice() device: Device,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    return this.cookie.deliver(reply, this.auth.login(dto, device), dto.refreshIn);
  }

  /**
   * Exchange a refresh token for a new pair of tokens. Without one in the body that of the cookie `higroup_refresh` is
   * used, which then holds the successor; only pages of this server can do so (`CROSS_SITE`).
   */
  @Public()
  @RateLimit('refresh')
  @Post('refresh')
  @HttpCode(200)
  @ApiOkData(TokensDto)
  @ApiErrors('REFRESH_INVALID', 'REFRESH_REUSED', 'CROSS_SITE')
  refreshTokens(
    @Body() { refreshToken }: RefreshDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokensDto> {
    return refreshToken === undefined
      ? this.cookie.exchange(reply, (token) => this.sessions.refresh(token))
      : this.sessions.refresh(refreshToken);
  }

  /** End the session of this token, and take away the cookie. */
  @Post('logout')
  @HttpCode(200)
  @ApiOkData(null)
  @ApiErrors('SESSION_NOT_FOUND')
  logout(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    this.cookie.clear(reply);
    return this.sessions.revoke(actor, actor.sessionId, 'logout');
  }

  /** My live sessions, newest first. */
  @Get('sessions')
  @ApiOkData(page(SessionDto))
  listSessions(@CurrentActor() actor: Actor, @Query() query: PageQueryDto): Promise<Page<SessionDto>> {
    return this.sessions.listSessions(actor, query);
  }

  /** End one of my sessions. */
  @Delete('sessions/:id')
  @ApiOkData(null)
  @ApiErrors('SESSION_NOT_FOUND')
  revokeSession(@CurrentActor() actor: Actor, @IdParam('id') id: number): Promise<void> {
    return this.sessions.revoke(actor, id, 'revoked');
  }

  /** Set a new password with a code; ends every session of the account. */
  @Public()
  @RateLimit('password')
  @Post('password/reset')
  @HttpCode(200)
  @ApiOkData(null)
  @ApiErrors('CODE_INVALID', 'ACCOUNT_NOT_FOUND', 'OVERLOADED', 'CACHE_UNAVAILABLE')
  resetPassword(@Body() dto: ResetPasswordDto): Promise<void> {
    return this.auth.resetPassword(dto);
  }
}
