import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeskStore } from '../../bridge/desk-store.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { order } from '../../state/orders.ts';

const DialRequestDialog = lazy(async () => ({
  default: (await import('./DialRequestDialog.tsx')).DialRequestDialog,
}));

/**
 * What links and selections ask to call. A call that rings is never covered: the question waits until the ringing is
 * over. In compact mode the strip asks.
 */
export const DialRequests = () => {
  const { t } = useTranslation();
  const request = useDeskStore(({ desk }) => desk?.dialRequest ?? null);
  const signedIn = useDeskStore(({ desk }) => desk?.session.state === 'signed_in');
  const compact = useDeskStore(({ desk }) => desk?.settings.compact === true);
  const rings = usePhone((phone) => phone?.calls.some(({ state }) => state === 'offered') ?? false);
  const isHere = !signedIn || !compact;
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (request === null || !isHere || told.current === request.id) return;
    told.current = request.id;
    if (request.state === 'waiting') {
      giveNotice({ tone: 'info', text: t('dialRequest.waiting'), detail: null });
    }
    if (request.state === 'refused') {
      const isCalm = request.why === 'no_number';
      giveNotice({
        tone: isCalm ? 'info' : 'error',
        text: t(`dialRequest.refused.${request.why}`),
        detail: isCalm || request.text === '' ? null : request.text,
      });
      void order('dialRequest.settle', { id: request.id });
    }
  }, [request, isHere, t]);
  if (request?.state !== 'number' || !signedIn || !isHere || rings) return null;
  return (
    <Suspense fallback={null}>
      <DialRequestDialog key={request.id} request={request} />
    </Suspense>
  );
};
