/** What is wrong with the environment, all of it at once, each as "VARIABLE: what is wrong, what would be right". */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The environment cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Thrown by the parser of one value; the text becomes the part of a problem after the variable's name. */
export class ValueProblem extends Error {}
