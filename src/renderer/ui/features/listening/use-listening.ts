import { useCallback, useEffect, useState } from 'react';
import type { Listening, RecordingComment } from '../../../../shared/api/listening.ts';
import { ask, order } from '../../state/orders.ts';

export type Place = { readonly contactId: string; readonly recordingId: string };

type Loaded =
  | { readonly state: 'loading' }
  | { readonly state: 'failed' }
  | { readonly state: 'here'; readonly listening: Listening };

/** What there is to a recording beside its sound, and its comments as they are written. */
export const useListening = ({ contactId, recordingId }: Place) => {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  useEffect(() => {
    let current = true;
    void ask('listening.open', { contactId, recordingId }).then((answer) => {
      if (!current) return;
      setLoaded(answer.ok ? { state: 'here', listening: answer.value } : { state: 'failed' });
    });
    return () => {
      current = false;
    };
  }, [contactId, recordingId]);

  const changeComments = useCallback(
    (change: (comments: readonly RecordingComment[]) => readonly RecordingComment[]): void => {
      setLoaded((before) =>
        before.state === 'here'
          ? {
              state: 'here',
              listening: { ...before.listening, comments: change(before.listening.comments) },
            }
          : before,
      );
    },
    [],
  );

  return {
    loaded,
    /** Answers whether it was kept. */
    comment: async (atMs: number, text: string): Promise<boolean> => {
      const answer = await order('listening.comment', { contactId, recordingId, atMs, text });
      if (answer.ok) changeComments((comments) => [...comments, answer.value]);
      return answer.ok;
    },
    removeComment: async (commentId: string): Promise<void> => {
      const answer = await order('listening.removeComment', { contactId, recordingId, commentId });
      if (answer.ok) changeComments((comments) => comments.filter(({ id }) => id !== commentId));
    },
  };
};
