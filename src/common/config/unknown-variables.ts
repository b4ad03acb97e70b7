/** Names that begin like this are meant for us. */
const FAMILIES = ['CORS_', 'DATABASE_', 'LOG_', 'RATE_LIMIT_', 'REDIS_', 'SMS_', 'TOKEN_'];

/**
 * Faults for names that look meant for us and are not ours: every unknown name in the file, and of the
 * process environment those that begin like one of our families or are a slip of the pen away from a name.
 */
export function unknownVariables(
  known: readonly string[],
  fileNames: readonly string[],
  processEnv: NodeJS.ProcessEnv,
): string[] {
  const faults: string[] = [];
  for (const name of new Set([...fileNames, ...Object.keys(processEnv)])) {
    const inFile = fileNames.includes(name);
    if (known.includes(name) || (!inFile && isServiceLink(name, processEnv[name]))) continue;
    const similar = closest(name, known);
    if (inFile || similar || FAMILIES.some((family) => name.startsWith(family))) {
      faults.push(`${name} is not a variable of HiGroup${similar ? `; is ${similar} meant?` : ''}`);
    }
  }
  return faults;
}

/** What Kubernetes puts into every process for each service beside it: a service `redis` gives `REDIS_PORT`. */
function isServiceLink(name: string, value = ''): boolean {
  if (/_SERVICE_(HOST|PORT)(_\w+)?$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(name)) return true;
  return name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value);
}

function closest(name: string, known: readonly string[]): string | undefined {
  return known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .filter(({ candidate, distance }) => distance <= (candidate.length <= 5 ? 1 : 2))
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one name into the other. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Infinity;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
