/** What is wrong with one field of something that has the right shape. */
export interface FieldProblem {
  /** Such as `targets.high.firstReply`; list items by their number from 0. */
  readonly path: string;
  /** What is wrong, and what would be right. */
  readonly message: string;
}

/** Thrown for input that makes no sense, with everything that is wrong with it. */
export class FieldProblems extends Error {
  override readonly name = 'FieldProblems';
  readonly problems: readonly FieldProblem[];

  constructor(problems: readonly FieldProblem[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
    this.problems = problems;
  }
}
