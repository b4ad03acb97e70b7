/** Every fault of a configuration at once, so that nobody has to start again and again to find the next. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      [
        'HiGroup cannot start with this configuration:',
        ...faults.map((fault) => `  - ${fault}`),
        'docs/configuration.md lists every variable.',
      ].join('\n'),
    );
    this.name = 'ConfigError';
  }
}
