import { loadTexts, startLocale } from './i18n/texts';
import { askEarly } from './session/early';

// All that need not wait for the client's code, which is a hundred times as large.
askEarly();
loadTexts(startLocale()).catch(() => undefined);

// A server that was renewed meanwhile has other chunks: the page is taken anew, once.
addEventListener('vite:preloadError', (event) => {
  if (!navigator.onLine || Date.now() - Number(sessionStorage.getItem('higroup.reloadedAt')) < 60_000) return;
  event.preventDefault();
  sessionStorage.setItem('higroup.reloadedAt', String(Date.now()));
  location.reload();
});

void import('./client').then(({ startClient }) => startClient());
