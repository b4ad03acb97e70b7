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

/** A file of a form, as a browser would send it. */
export interface FormPart {
  content: Buffer | string;
  filename?: string;
  contentType?: string;
  /** By default `file`. */
  field?: string;
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

  /** Posts a form with files; a part without a file name is a plain field. */
  upload(url: string, ...parts: FormPart[]): Promise<Answer> {
    const boundary = 'form-boundary-0a1b2c3d';
    const pieces = parts.flatMap(({ content, filename, contentType = 'image/jpeg', field = 'file' }) => [
      `--${boundary}\r\ncontent-disposition: form-data; name="${field}"`,
      filename === undefined ? '' : `; filename="${filename}"\r\ncontent-type: ${contentType}`,
      '\r\n\r\n',
      content,
      '\r\n',
    ]);
    const body = Buffer.concat(
      [...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece as string)),
    );
    return this.with({ 'content-type': `multipart/form-data; boundary=${boundary}` }).send('POST', url, body);
  }

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
