/** What is wrong with one field of something that has the right shape. */
export interface FieldProblem {
  /** Such as `targets.high.firstReply`; list items by their number from 0. */
  readonly path: string;
  /** What is wrong, and what would be right. */
  readonly message: string;
}
