import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadConfig } from '../../../common/config/load-config.js';
import { YunpianSmsSender } from './yunpian.sender.js';

interface Received {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  form: Record<string, string>;
}

const SENT = {
  code: 0,
  msg: '发送成功',
  count: 1,
  fee: 0.05,
  unit: 'RMB',
  mobile: '13800000001',
  sid: 3310228982,
};
const REFUSED = {
  http_status_code: 400,
  code: 22,
  msg: '验证码类短信1小时内同一手机号发送次数不能超过3次',
  detail: '…',
};

let server: Server;
let received: Received[];
/** What each request in turn is answered; the last holds for all further ones. */
let answers: ((response: ServerResponse) => void)[];

const json = (status: number, body: object) => (response: ServerResponse) =>
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
const silence = () => {};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = Object.fromEntries(new URLSearchParams(await text(request)));
  const { method, url, headers } = request;
  received.push({ method, url, headers, form });
  answers[Math.min(received.length, answers.length) - 1]!(response);
}

beforeEach(async () => {
  received = [];
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function send(phone = '+8613800000001'): Promise<void> {
  const config = loadConfig({
    NODE_ENV: 'test',
    TOKEN_SECRET: 'a secret that only the tests know of',
    SMS_SENDER: 'yunpian',
    SMS_YUNPIAN_API_KEY: 'the key',
    SMS_YUNPIAN_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/sms/single_send.json`,
    SMS_TIMEOUT_MS: '100',
  });
  return new YunpianSmsSender(config).send(phone, '042137', 10);
}

it('posts the form that Yunpian documents', async () => {
  answers = [json(200, SENT)];
  await send();
  expect(received).toMatchObject([
    {
      method: 'POST',
      url: '/v2/sms/single_send.json',
      headers: {
        accept: 'application/json; charset=utf-8',
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      },
    },
  ]);
  expect(received[0]!.form).toEqual({
    apikey: 'the key',
    mobile: '13800000001',
    text: '【HiGroup】您的验证码是042137，10分钟内有效。',
  });
});

it('names the country of a phone abroad', async () => {
  answers = [json(200, SENT)];
  await send('+4915112345678');
  expect(received[0]!.form.mobile).toBe('+4915112345678');
});

it.each([
  ['a refusal', json(400, REFUSED), 'HTTP 400, code 22'],
  ['a refusal in an answer that is fine', json(200, { code: 3, msg: '账户余额不足' }), 'HTTP 200, code 3'],
  ['an answer that is no JSON', (response: ServerResponse) => response.end('<html>'), 'code unreadable'],
])('takes %s as the last word', async (_, answer, message) => {
  answers = [answer];
  await expect(send()).rejects.toThrow(message);
  expect(received).toHaveLength(1);
});

it('tells nobody the key or the code when it fails', async () => {
  answers = [json(400, REFUSED)];
  const error = await send().catch((reason: Error) => reason);
  expect(`${(error as Error).stack}`).not.toMatch(/the key|042137/);
});

it('asks again after an error of the server', async () => {
  answers = [json(502, {}), json(200, SENT)];
  await send();
  expect(received).toHaveLength(2);
});

it('asks again when the connection breaks', async () => {
  answers = [(response) => response.destroy(), json(200, SENT)];
  await send();
  expect(received).toHaveLength(2);
});

it('gives up after three answers that did not come in time', async () => {
  answers = [silence];
  await expect(send()).rejects.toThrow(/timeout/i);
  expect(received).toHaveLength(3);
});
