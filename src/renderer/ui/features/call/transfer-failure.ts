/** Why nobody took a call that was handed over, as the texts name it. */
type TransferFailure = 'busy' | 'declined' | 'no_answer' | 'wrong_number' | 'failed';

/** What the target's answer means to people (RFC 3261 §21). */
export const failureKey = (sipCode: number | null): TransferFailure => {
  switch (sipCode) {
    case 486:
    case 600:
      return 'busy';
    case 403:
    case 603:
      return 'declined';
    case 408:
    case 480:
    case 487:
      return 'no_answer';
    case 404:
    case 410:
    case 484:
    case 604:
      return 'wrong_number';
    default:
      return 'failed';
  }
};
