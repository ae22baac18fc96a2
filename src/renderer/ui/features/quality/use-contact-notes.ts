import { useEffect, useState } from 'react';
import type { CoachingNote } from '../../../../shared/api/coaching.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ask, order } from '../../state/orders.ts';

/** What supervisors wrote about a contact; read anew when something was written to this agent. */
export const useContactNotes = (contactId: string) => {
  const [notes, setNotes] = useState<readonly CoachingNote[]>([]);
  const unread = useDesk(({ coaching }) => coaching?.unread ?? 0);
  useEffect(() => {
    let current = true;
    void ask('coaching.notes', { contactId }).then((answer) => {
      if (current && answer.ok) setNotes(answer.value.notes);
    });
    return () => {
      current = false;
    };
  }, [contactId, unread]);
  return {
    notes,
    /** Answers whether it was kept. */
    write: async (agentId: string, noteId: string, text: string): Promise<boolean> => {
      const answer = await order('coaching.write', { contactId, agentId, noteId, text });
      if (!answer.ok) return false;
      setNotes((before) => [...before.filter(({ id }) => id !== noteId), answer.value]);
      return true;
    },
    acknowledge: async (noteId: string, reply: string): Promise<void> => {
      const answer = await order('coaching.acknowledge', { noteId, reply });
      if (!answer.ok) return;
      setNotes((before) => before.map((note) => (note.id === noteId ? answer.value : note)));
    },
    remove: async (noteId: string): Promise<void> => {
      const answer = await order('coaching.remove', { noteId });
      if (answer.ok) setNotes((before) => before.filter(({ id }) => id !== noteId));
    },
  };
};
