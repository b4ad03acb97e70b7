import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { customCleanEnv, EnvMissingError } from 'envalid';
import { AppConfig } from './app-config.js';
import { ConfigError } from './config-error.js';
import { type Environment, variables } from './topics.js';
import { unknownVariables } from './unknown-variables.js';
import type { Variable } from './variables.js';

export interface LoadOptions {
  /** A file of `NAME=value` lines, which the process environment overrides; skipped when it does not exist. */
  envFile?: string;
}

/** @throws ConfigError listing every fault at once */
export function loadConfig(processEnv: NodeJS.ProcessEnv, { envFile }: LoadOptions = {}): AppConfig {
  const fileEnv = envFile === undefined ? {} : readEnvFile(envFile);
  const env = withoutEmpty({ ...fileEnv, ...withoutEmpty(processEnv) });
  const faults: string[] = [];
  const cleaned = customCleanEnv(env, variables, (values: Environment) => values, {
    reporter: ({ errors }) => {
      for (const [name, error] of Object.entries(errors) as [keyof typeof variables, Error][]) {
        faults.push(faultOf(name, variables[name], env[name], error));
      }
    },
  });
  const unknown = unknownVariables(Object.keys(variables), Object.keys(fileEnv), processEnv);
  if (cleaned.NODE_ENV === 'production') faults.push(...unknown);
  if (faults.length > 0) throw new ConfigError(faults);
  return new AppConfig(cleaned, unknown);
}

function faultOf(name: string, variable: Variable, value: string | undefined, error: Error): string {
  if (error instanceof EnvMissingError) return `${name} is missing: ${variable.desc}`;
  return `${name}${variable.secret ? '' : `=${value}`} ${error.message}`;
}

/** `NAME=` in a file means "not set". */
function withoutEmpty(env: NodeJS.Dict<string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]?.trim())),
  );
}

function readEnvFile(file: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new ConfigError([`${file} cannot be read: ${(error as Error).message}`]);
  }
}
