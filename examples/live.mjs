// Listens to the messages of one account. Node 20 or newer, with the package `ws`:
//   BASE=http://localhost:3000 PHONE=13800000001 PASSWORD=higroup-demo node examples/live.mjs
import WebSocket from 'ws';

const { BASE = 'http://localhost:3000', PHONE, PASSWORD } = process.env;

async function call(path, body) {
  const response = await fetch(`${BASE}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { code, msg, data } = await response.json();
  if (code !== 0) throw new Error(msg);
  return data;
}

let tokens = await call('/auth/login', { phone: PHONE, password: PASSWORD });
const refresh = async () => (tokens = await call('/auth/refresh', { refreshToken: tokens.refreshToken }));

function connect(attempt = 0) {
  const socket = new WebSocket(`${BASE.replace(/^http/, 'ws')}/ws`);
  let renewal;
  const authenticate = () =>
    socket.send(JSON.stringify({ event: 'auth', data: { token: tokens.accessToken } }));
  socket.on('open', authenticate);
  socket.on('message', (text) => {
    const { event, data } = JSON.parse(text);
    console.log(event, data);
    if (event !== 'ready') return;
    attempt = 0;
    // A minute before the token expires, show a fresh one on the same socket.
    const inMs = Math.max(1_000, Date.parse(data.expiresAt) - Date.now() - 60_000);
    clearTimeout(renewal);
    renewal = setTimeout(() => void refresh().then(authenticate, () => socket.close()), inMs);
  });
  socket.on('error', (error) => console.log('error', error.message));
  socket.on('close', (code) => {
    clearTimeout(renewal);
    console.log('closed', code);
    if (code === 4401 || code === 4403) return console.log('Log in again.');
    // Not all at once after a restart, and ever more rarely.
    const waitMs = Math.min(30_000, 500 * 2 ** attempt) * (0.5 + Math.random());
    setTimeout(() => {
      const ready = code === 4402 ? refresh() : Promise.resolve();
      void ready.catch(() => undefined).then(() => connect(attempt + 1));
    }, waitMs);
  });
}

connect();
