import { fastifyCookie } from '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../common/config/app-config.js';
import { AppError } from '../../common/errors/app-error.js';
import type { RefreshIn } from './dto/refresh-in.dto.js';
import type { TokensDto } from './dto/tokens.dto.js';
import type { Issued } from './session.service.js';
import { crossSite, refreshInvalid } from './user.errors.js';

const NAME = 'higroup_refresh';
/** A browser sends it to this route and no other. */
const PATH = '/api/v1/auth/refresh';

/**
 * The refresh token where no script can read it. Cookies are read and written here alone, by hand, so that no other
 * request pays for them.
 */
@Injectable()
export class RefreshCookie {
  private readonly servedByHttps: boolean;

  constructor({ http }: AppConfig) {
    this.servedByHttps = http.publicUrl?.startsWith('https:') ?? false;
  }

  /** Hands the refresh token over as it was asked for. */
  async deliver<T extends TokensDto>(
    reply: FastifyReply,
    issued: Promise<Issued<T>>,
    refreshIn: RefreshIn = 'body',
  ): Promise<T> {
    const tokens = await issued;
    if (refreshIn === 'body') return tokens;
    this.set(reply, tokens.refreshToken, tokens.refreshExpiresIn);
    return { ...tokens, refreshToken: null };
  }

  /**
   * Exchanges the cookie's token, the successor going into the cookie.
   * @throws REFRESH_INVALID without a cookie, CROSS_SITE when a page of another site has caused the request
   */
  async exchange(reply: FastifyReply, refresh: (token: string) => Promise<Issued>): Promise<TokensDto> {
    const token = tokenOf(reply.request);
    if (token === undefined) throw refreshInvalid();
    if ((reply.request.headers['sec-fetch-site'] ?? 'same-origin') !== 'same-origin') throw crossSite();
    try {
      return await this.deliver(reply, refresh(token), 'cookie');
    } catch (error) {
      // A token that is refused will be refused for ever; anything else may pass.
      if (error instanceof AppError && error.status === 401) this.clear(reply);
      throw error;
    }
  }

  clear(reply: FastifyReply): void {
    this.set(reply, '', 0);
  }

  private set(reply: FastifyReply, token: string, maxAge: number): void {
    const secure = this.servedByHttps || reply.request.protocol === 'https';
    reply.header(
      'set-cookie',
      fastifyCookie.serialize(NAME, token, {
        httpOnly: true,
        sameSite: 'strict',
        path: PATH,
        maxAge,
        secure,
      }),
    );
  }
}

function tokenOf({ headers }: FastifyRequest): string | undefined {
  return headers.cookie === undefined ? undefined : fastifyCookie.parse(headers.cookie)[NAME] || undefined;
}
