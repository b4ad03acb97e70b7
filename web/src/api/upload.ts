import type { Api } from './client';
import { toApiError } from './errors';
import { currentLocale } from '@/i18n';
import { accessToken, tokenInsteadOf } from '@/session/token';

interface Options {
  /** @param share 0 to 1 of what is sent */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/**
 * Sends a picture. By XMLHttpRequest, because fetch does not say how far it has come.
 * @throws ApiError; `DOMException` named AbortError when called off
 */
export async function uploadImage(
  file: Blob,
  name: string,
  options: Options = {},
): Promise<Api['UploadDto']> {
  const token = await accessToken();
  let answer = await send(file, name, token, options);
  const renewed = answer.status === 401 && token ? await tokenInsteadOf(token) : undefined;
  if (renewed) answer = await send(file, name, renewed, options);
  if (answer.status === 201) return (answer.body as Api['UploadAnswer']).data;
  throw toApiError(answer.status, answer.body);
}

function send(file: Blob, name: string, token: string | undefined, { onProgress, signal }: Options) {
  return new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.open('POST', '/api/v1/uploads');
    request.responseType = 'json';
    request.setRequestHeader('accept-language', currentLocale());
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onload = () => resolve({ status: request.status, body: request.response as unknown });
    request.onerror = () => reject(toApiError(0));
    request.onabort = () => reject(new DOMException('Called off', 'AbortError'));
    const form = new FormData();
    form.append('file', file, name);
    request.send(form);
  });
}
