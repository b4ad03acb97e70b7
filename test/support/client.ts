import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Role } from '../../src/common/auth/role.js';
import { TokenSigner } from '../../src/common/auth/token-signer.js';
import { assertMatchesOpenApi } from './openapi.js';

export interface Answer {
  status: number;
  /** The envelope's `data`. */
  // eslint-disable-next-line typescript/no-explicit-any -- tests look into whatever comes
  data: any;
  code: number;
  msg: string;
  /** On failure the name of the cause. */
  error: string | undefined;
  fields: Record<string, string[]> | undefined;
  headers: Record<string, string | string[] | number | undefined>;
}

export interface SignedIn {
  id: number;
  sessionId: number;
  role?: Role;
}

/** Sends requests into the application; every answer is held against `openapi.json`. */
export class Api {
  constructor(
    private readonly app: NestFastifyApplication,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** With a fresh access token, as tests let days go by. */
  as(user: SignedIn): Api {
    return this.with({ authorization: `Bearer ${this.tokenOf(user)}` });
  }

  tokenOf({ id, sessionId, role = 'user' }: SignedIn): string {
    return this.app.get(TokenSigner).sign({ sub: id, sid: sessionId, role });
  }

  with(headers: Record<string, string>): Api {
    return new Api(this.app, { ...this.headers, ...headers });
  }

  get = (url: string): Promise<Answer> => this.send('GET', url);
  post = (url: string, body: unknown = {}): Promise<Answer> => this.send('POST', url, body);
  put = (url: string, body: unknown = {}): Promise<Answer> => this.send('PUT', url, body);
  patch = (url: string, body: unknown = {}): Promise<Answer> => this.send('PATCH', url, body);
  delete = (url: string): Promise<Answer> => this.send('DELETE', url);

  /** `url` below `/api/v1`. */
  async send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
  ): Promise<Answer> {
    const path = `/api/v1${url}`;
    const response = await this.app.inject({
      method,
      url: path,
      headers: this.headers,
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const envelope = response.json<{ code: number; msg: string; data: Answer['data'] }>();
    assertMatchesOpenApi(method, path, response.statusCode, envelope);
    return {
      status: response.statusCode,
      ...envelope,
      error: envelope.data?.error,
      fields: envelope.data?.fields,
      headers: response.headers,
    };
  }
}
