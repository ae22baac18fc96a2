import { useEffect, useState } from 'react';
import type { EscalationDraft } from '../../../../shared/api/deeds.ts';
import { useLanguage } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import type { WriteAbout } from '../../state/write-store.ts';

/** Notes that are being written are not with the backend yet. */
const withNotes = (draft: EscalationDraft, notes: string): EscalationDraft =>
  notes.trim() === '' || draft.body.includes(notes.trim())
    ? draft
    : { ...draft, body: `${draft.body}\n\n${notes.trim()}` };

/** What the next tier needs to know, as the backend puts it together; null: nobody asks, or it could not be had. */
export const useEscalationDraft = (
  about: WriteAbout | null,
): EscalationDraft | 'loading' | null => {
  const language = useLanguage();
  const contactId = about?.contactId ?? null;
  const notes = about?.notes ?? '';
  const [draft, setDraft] = useState<EscalationDraft | 'loading' | null>(
    contactId === null ? null : 'loading',
  );
  useEffect(() => {
    if (contactId === null) return undefined;
    let current = true;
    void ask('deeds.draft', { contactId, language }).then((answer) => {
      if (current) setDraft(answer.ok ? withNotes(answer.value, notes) : null);
    });
    return () => {
      current = false;
    };
  }, [contactId, language, notes]);
  return draft;
};
