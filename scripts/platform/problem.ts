/** Something that the person at the keyboard can put right: what was missing, and what to do about it. */
export class Problem extends Error {
  readonly advice: readonly string[];

  constructor(message: string, ...advice: readonly string[]) {
    super(message);
    this.name = 'Problem';
    this.advice = advice;
  }
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
