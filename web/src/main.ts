import { loadTexts, startLocale } from './i18n/texts';
import { takeAnew } from './renewal';
import { askEarly } from './session/early';

// All that need not wait for the client's code, which is a hundred times as large.
askEarly();
loadTexts(startLocale()).catch(() => undefined);

addEventListener('vite:preloadError', takeAnew);

void import('./client').then(({ startClient }) => startClient());
