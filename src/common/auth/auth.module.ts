import { Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { AppConfig } from '../config/app-config.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { RevocationList } from './revocation-list.js';
import { TokenCheck } from './token-check.js';
import { TokenSigner } from './token-signer.js';
import { VerifiedTokens } from './verified-tokens.js';

/** Access tokens: signing, checking, revoking. The composition root makes JwtAuthGuard global. */
@Global()
@Module({
  imports: [
    JwtModule.registerAsync({
      inject: [AppConfig],
      useFactory: ({ auth }: AppConfig) => ({
        secret: auth.tokenSecret,
        signOptions: {
          algorithm: 'HS256',
          issuer: auth.issuer,
          audience: auth.audience,
          expiresIn: auth.accessTokenTtlSeconds,
        },
      }),
    }),
  ],
  providers: [JwtStrategy, JwtAuthGuard, RevocationList, TokenCheck, TokenSigner, VerifiedTokens],
  exports: [JwtAuthGuard, RevocationList, TokenCheck, TokenSigner],
})
export class AuthModule {}
