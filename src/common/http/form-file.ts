import type { MultipartFile } from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, appError } from '../errors/app-error.js';
import { say } from '../validation/say.js';

/** What the form around a file may add to its size, in bytes. */
const FORM_BYTES = 16_384;

/** Up to how many times the limit of a file a body is let pass unseen. */
const PATIENCE = 4;

/** One more of each than is allowed, so that what is too many is seen and refused. */
const LIMITS = {
  files: 2,
  fields: 1,
  parts: 3,
  fieldNameSize: 100,
  fieldSize: 1_024,
  headerPairs: 20,
  fileSize: Infinity,
};

/** The one file of a form. Name and declared type are not even looked at: both are whatever the sender likes. */
export class FormFile {
  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {}

  /**
   * @param onBytes told of each piece before it is kept, so that it can refuse to keep it
   * @param tooLarge what is thrown beyond `maxBytes`; what comes after is not read any more
   */
  async read(maxBytes: number, tooLarge: () => AppError, onBytes: (bytes: number) => void): Promise<Buffer> {
    if (!this.request.isMultipart()) throw appError('HTTP_ERROR', { status: 415 });
    // Gone while it waited for its turn: nothing of it comes any more, not even its end.
    if (this.request.raw.destroyed) throw notOneFile();
    try {
      if (Number(this.request.headers['content-length'] ?? 0) > maxBytes + FORM_BYTES) throw tooLarge();
      let bytes: Buffer | undefined;
      for await (const part of this.request.parts({ limits: LIMITS })) {
        if (part.type === 'field' || part.fieldname !== 'file') throw unknownField(part.fieldname);
        if (bytes) throw notOneFile();
        bytes = await readPart(part, maxBytes, tooLarge, onBytes);
      }
      if (!bytes) throw notOneFile();
      return bytes;
    } catch (error) {
      this.ignoreRest(maxBytes);
      throw error instanceof AppError ? error : notOneFile(error);
    }
  }

  /**
   * The rest of the body is still on its way. Cut off while he sends, the caller would never see the answer: a rest that
   * is known not to be long is let pass unseen.
   */
  private ignoreRest(maxBytes: number): void {
    const length = Number(this.request.headers['content-length'] ?? Infinity);
    if (length > PATIENCE * maxBytes) this.reply.header('connection', 'close');
    else this.request.raw.unpipe().resume();
  }
}

async function readPart(
  { file }: MultipartFile,
  maxBytes: number,
  tooLarge: () => AppError,
  onBytes: (bytes: number) => void,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  // Leaving the loop destroys the stream, which ends the parsing.
  for await (const chunk of file as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > maxBytes) throw tooLarge();
    onBytes(chunk.length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unknownField(name: string): AppError {
  return appError('BAD_PARAMETER', {
    fields: Object.fromEntries([[name.slice(0, 100), [say('is not a known field', '不认识这个字段')]]]),
  });
}

function notOneFile(cause?: unknown): AppError {
  const message = say('must be one file, in a complete form', '必须是完整表单中的一个文件');
  return appError('BAD_PARAMETER', { cause, fields: { file: [message] } });
}
