/**
 * The values of `Idempotency-Key` for one form: the same body has the same key, so that sending it again after a lost answer
 * creates nothing twice; another body is another intent. After `done` the same body is one, too.
 */
export function newIntent() {
  let key = '';
  let sent: string | undefined;
  return {
    keyOf(body: unknown): string {
      const text = JSON.stringify(body);
      if (text !== sent) [key, sent] = [newKey(), text];
      return key;
    },
    done(): void {
      sent = undefined;
    },
  };
}

export function newKey(): string {
  // Not randomUUID(): that is for secure origins, and a phone in the same network comes by plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
