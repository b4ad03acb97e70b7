const MINUTE = 60_000;

export interface Zone {
  /** "Asia/Shanghai" */
  id: string;
  /** Minutes that its clocks are ahead of UTC. */
  offset: number;
  /** "China Time"; in the language asked for. */
  name: string;
}

/** Minutes that the clocks of a zone are ahead of UTC at an instant. */
export function offsetOf(timeZone: string, at: Date): number {
  const text = zoneName(timeZone, 'en', 'longOffset', at);
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(text) ?? [];
  // Plain "GMT" is without any.
  if (!sign) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** 'YYYY-MM-DDTHH:mm' on the clocks of a zone. */
export function wallTimeOf(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetOf(timeZone, at) * MINUTE)
    .toISOString()
    .slice(0, 'YYYY-MM-DDTHH:mm'.length);
}

/** The instant at which the clocks of a zone show 'YYYY-MM-DDTHH:mm'. */
export function instantOf(wallTime: string, timeZone: string): Date {
  const utc = Date.parse(`${wallTime}Z`);
  const guess = new Date(utc - offsetOf(timeZone, new Date(utc)) * MINUTE);
  // The clocks may be changed between the two.
  return new Date(utc - offsetOf(timeZone, guess) * MINUTE);
}

/** 330 → "UTC+05:30" */
export function formatOffset(offset: number): string {
  const minutes = Math.abs(offset);
  const clock = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return `UTC${offset < 0 ? '−' : '+'}${clock}`;
}

export function zoneOf(id: string, locale: string, at: Date): Zone {
  return { id, offset: offsetOf(id, at), name: zoneName(id, locale, 'longGeneric', at) };
}

/** From west to east. */
export function sortZones(zones: readonly Zone[]): Zone[] {
  return zones.toSorted((a, b) => a.offset - b.offset || (a.id < b.id ? -1 : 1));
}

function zoneName(
  timeZone: string,
  locale: string,
  timeZoneName: Intl.DateTimeFormatOptions['timeZoneName'],
  at: Date,
): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}
