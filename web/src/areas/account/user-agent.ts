export interface Device {
  kind: 'phone' | 'tablet' | 'computer' | 'program';
  /** As everybody calls it; undefined: not known. */
  browser?: string;
  system?: string;
}

/** The first that fits: many browsers also name those they want to be taken for. */
const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger\//, 'WeChat'],
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|OPT)\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/HuaweiBrowser\//, 'Huawei Browser'],
  [/(?:M?QQBrowser)\//, 'QQ Browser'],
  [/(?:UCBrowser|UCWEB)/, 'UC Browser'],
  [/(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/Version\/.*Safari\//, 'Safari'],
];

const SYSTEMS: readonly [RegExp, string, Device['kind']][] = [
  [/iPhone|iPod/, 'iPhone', 'phone'],
  [/iPad/, 'iPad', 'tablet'],
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS', 'phone'],
  // A tablet with Android does not say "Mobile".
  [/Android.*Mobile/, 'Android', 'phone'],
  [/Android/, 'Android', 'tablet'],
  [/Windows/, 'Windows', 'computer'],
  [/Mac OS X|Macintosh/, 'macOS', 'computer'],
  [/CrOS/, 'ChromeOS', 'computer'],
  [/Linux|X11/, 'Linux', 'computer'],
];

/** What a session's user agent says of the device, for people to know theirs by. */
export function deviceOf(userAgent: string): Device {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const found = SYSTEMS.find(([pattern]) => pattern.test(userAgent));
  if (found) return { kind: found[2], browser, system: found[1] };
  // "curl/8.5.0", "node"
  return { kind: 'program', browser: browser ?? (/^[\w.-]+/.exec(userAgent)?.[0] || undefined) };
}
