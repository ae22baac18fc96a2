import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../state/orders.ts';
import { useAsked } from '../../state/use-asked.ts';
import { CheckList } from './CheckHistory.tsx';
import styles from './CheckPage.module.css';

const shown = 10;

/** The checks of an agent for whoever supervises them; asked for once somebody wants to see them. */
export const AgentChecks = ({ agentId }: { readonly agentId: string }) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details
      className={styles['details']}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{t('check.ofAgent')}</summary>
      {open ? <Loaded agentId={agentId} /> : null}
    </details>
  );
};

const Loaded = ({ agentId }: { readonly agentId: string }) => {
  const { t } = useTranslation();
  const [asked] = useAsked(agentId, () => ask('check.ofAgent', { agentId }));
  if (asked.state === 'loading') return null;
  if (asked.state === 'failed') return <p role="status">{t(`refusal.${asked.why}`)}</p>;
  const { checks } = asked.value;
  return checks.length === 0 ? (
    <p>{t('check.none')}</p>
  ) : (
    <CheckList checks={checks.slice(0, shown)} />
  );
};
