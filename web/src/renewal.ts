const KEY = 'higroup.reloadedAt';

let going: Promise<boolean | undefined> | undefined;
let destination: string | undefined;

/**
 * After a part of the client could not be had: a server that was renewed meanwhile has others, and the page is taken anew,
 * once a minute at most. Without a server it stays: what is on the screen would be gone.
 */
export function takeAnew(): void {
  going ??= attempt()
    .catch(() => undefined)
    .finally(() => (going = undefined));
}

/**
 * What comes of it: the page is left (true), there is no server (false), or neither.
 * @param path the page that the part is of
 */
export function isTakenAnew(path: string): Promise<boolean | undefined> {
  destination = path;
  return going ?? Promise.resolve(undefined);
}

async function attempt(): Promise<boolean | undefined> {
  destination = undefined;
  const answer = await fetch('/', { method: 'HEAD' }).catch(() => undefined);
  if (!answer?.ok) return false;
  if (Date.now() - Number(sessionStorage.getItem(KEY)) < 60_000) return undefined;
  sessionStorage.setItem(KEY, String(Date.now()));
  if (destination) history.pushState(null, '', destination);
  location.reload();
  return true;
}
