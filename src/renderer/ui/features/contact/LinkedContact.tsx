import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeskStore } from '../../bridge/desk-store.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { order } from '../../state/orders.ts';
import { show } from '../../state/view-store.ts';

/** Opens the contact that a link of another system leads to. A call that rings comes first: the contact waits for it. */
export const LinkedContact = () => {
  const { t } = useTranslation();
  const linked = useDeskStore(({ desk }) => desk?.linkedContact ?? null);
  const rings = usePhone((phone) => phone?.calls.some(({ state }) => state === 'offered') ?? false);
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (linked === null || told.current === linked.id) return;
    if (linked.state === 'here' && rings) return;
    told.current = linked.id;
    switch (linked.state) {
      case 'waiting':
        giveNotice({ tone: 'info', text: t('contact.link.waiting'), detail: null });
        return;
      case 'refused':
        giveNotice({ tone: 'error', text: t('contact.link.refused'), detail: null });
        break;
      case 'here':
        show({ kind: 'contact', contactId: linked.contactId });
    }
    void order('linkedContact.settle', { id: linked.id });
  }, [linked, rings, t]);
  return null;
};
