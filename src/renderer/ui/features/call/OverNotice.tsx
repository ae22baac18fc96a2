import IconPhoneX from '@tabler/icons-react/dist/esm/icons/IconPhoneX.mjs';
import type { Work } from '../../state/work.ts';
import { EndReason } from './EndReason.tsx';
import styles from './OverNotice.module.css';
import { useCaller } from './use-caller.ts';

/** A call that came to nothing, for the moment that the phone still knows it. */
export const OverNotice = ({ work }: { readonly work: Work }) => {
  const caller = useCaller(work);
  return (
    <article
      className={styles['notice']}
      data-call-id={work.callId}
      data-call-state={work.state}
      aria-label={caller.name}
    >
      <IconPhoneX size={20} aria-hidden="true" className={styles['icon']} />
      <span className={styles['name']}>{caller.name}</span>
      <EndReason work={work} />
    </article>
  );
};
