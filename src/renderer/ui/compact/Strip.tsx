import IconWindowMaximize from '@tabler/icons-react/dist/esm/icons/IconWindowMaximize.mjs';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../bridge/desk-store.ts';
import { order } from '../state/orders.ts';
import { useNamedTargets } from '../state/targets-store.ts';
import { useWorks } from '../state/use-works.ts';
import { centreWork, ringingAbove } from '../state/work.ts';
import { CallPart } from './CallPart.tsx';
import { RequestPart } from './RequestPart.tsx';
import { RingingPart } from './RingingPart.tsx';
import { StatePart } from './StatePart.tsx';
import styles from './Strip.module.css';
import { StripButton } from './StripButton.tsx';
import { useDrag } from './use-drag.ts';
import { WrapUpPart } from './WrapUpPart.tsx';

/** What matters most now, in one line and a half: who rings, then what is asked, the call, the wrap-up, the state. */
const useParts = () => {
  const works = useWorks();
  const request = useDesk((desk) => desk.dialRequest);
  const centre = centreWork(works, null);
  const ringing = works.find((work) => work.stage === 'ringing');
  if (ringing !== undefined) {
    const besides = ringingAbove(works, centre).length > 0 ? centre : null;
    return <RingingPart key={ringing.callId} work={ringing} besides={besides} />;
  }
  if (request?.state === 'number') return <RequestPart key={request.id} request={request} />;
  if (centre?.stage === 'wrap_up') return <WrapUpPart work={centre} />;
  return centre === null ? <StatePart /> : <CallPart works={works} centre={centre} />;
};

export const Strip = () => {
  const { t } = useTranslation();
  const state = useDesk((desk) => desk.agent?.state.state ?? 'offline');
  const part = useParts();
  const drag = useDrag();
  useNamedTargets();
  return (
    <main
      className={styles['strip']}
      aria-label={t('compact.region')}
      data-agent-state={state}
      {...drag}
    >
      <h1 className="rs-hidden">{t('compact.region')}</h1>
      <span className={styles['grip']} title={t('compact.move')} aria-hidden="true" />
      {part}
      <StripButton
        label={t('compact.openDesk')}
        icon={<IconWindowMaximize size={18} />}
        onClick={() => {
          void order('settings.change', { compact: false });
        }}
      />
    </main>
  );
};
