import { callBackSlackMs, maximumCallBackNote } from '../../../../shared/api/call-backs.ts';
import type { CallBackKind } from '../../../../shared/domain/call-back/call-back.ts';
import type { Refusal } from '../../../../shared/ipc/contract.ts';

export const errorFields = ['number', 'when', 'note', 'form'] as const;
export type ErrorField = (typeof errorFields)[number];

/** What cannot be kept as it is, by the field that it is in; each has a text (`callBacks.error.<why>`). */
export type FormError = {
  readonly field: ErrorField;
  readonly why:
    | 'no_number'
    | 'not_a_number'
    | 'no_time'
    | 'past'
    | 'too_far'
    | 'too_long'
    | 'no_word'
    | 'away'
    | 'changed'
    | 'refused';
};

type Given = {
  readonly kind: CallBackKind;
  readonly number: string;
  readonly note: string;
  readonly dueAt: number | null;
};

/** What can be told before anybody is asked; null: nothing. */
export const errorOf = ({ kind, number, note, dueAt }: Given, now: number): FormError | null => {
  if (kind === 'call_back' && number.trim() === '') return { field: 'number', why: 'no_number' };
  if (kind === 'call_back' && !/\d{3}/u.test(number.replaceAll(/\D/gu, ''))) {
    return { field: 'number', why: 'not_a_number' };
  }
  if (dueAt === null) return { field: 'when', why: 'no_time' };
  if (dueAt < now - callBackSlackMs) return { field: 'when', why: 'past' };
  if (note.trim().length > maximumCallBackNote) return { field: 'note', why: 'too_long' };
  if (kind === 'follow_up' && note.trim() === '') return { field: 'note', why: 'no_word' };
  return null;
};

/** The backend's refusal, at the field that it names. */
export const errorOfRefusal = ({ code, detail }: Refusal): FormError => {
  if (code === 'backend_away') return { field: 'form', why: 'away' };
  if (code === 'conflict') return { field: 'form', why: 'changed' };
  if (detail.includes('body/number')) return { field: 'number', why: 'not_a_number' };
  if (detail.includes('body/dueAt')) {
    return { field: 'when', why: detail.includes('past') ? 'past' : 'too_far' };
  }
  if (detail.includes('body/note')) return { field: 'note', why: 'too_long' };
  return { field: 'form', why: 'refused' };
};
