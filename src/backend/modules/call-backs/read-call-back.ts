import {
  callBackSlackMs,
  furthestCallBackMs,
  maximumCallBackNote,
  type PostCallBack,
} from '../../../shared/api/call-backs.ts';
import { parsePhoneNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import { success } from '../../../shared/result.ts';
import { refused, type Answer } from '../../problem.ts';

export type CallBackWords = {
  readonly number: string;
  readonly note: string;
  readonly dueAt: number;
};

/** What somebody asks for, as it is kept; or what of it cannot be, by name. */
export const readCallBackWords = (
  given: Pick<PostCallBack, 'number' | 'note' | 'dueAt'>,
  kind: PostCallBack['kind'],
  country: string,
  now: number,
): Answer<CallBackWords> => {
  const note = given.note.replaceAll('\u0000', '').trim();
  if (note.length > maximumCallBackNote) {
    return refused('invalid', `body/note is longer than ${String(maximumCallBackNote)} characters`);
  }
  if (given.dueAt < now - callBackSlackMs) {
    return refused('invalid', 'body/dueAt lies in the past');
  }
  if (given.dueAt > now + furthestCallBackMs) {
    return refused('invalid', 'body/dueAt lies more than a year ahead');
  }
  if (kind === 'follow_up') {
    return note === ''
      ? refused('invalid', 'body/note says nothing of what is to be done')
      : success({ number: '', note, dueAt: given.dueAt });
  }
  const number = parsePhoneNumber(given.number, country)?.e164;
  return number === undefined
    ? refused('invalid', 'body/number cannot be read as a number')
    : success({ number, note, dueAt: given.dueAt });
};
