import IconDoorExit from '@tabler/icons-react/dist/esm/icons/IconDoorExit.mjs';
import IconMicrophone from '@tabler/icons-react/dist/esm/icons/IconMicrophone.mjs';
import IconMicrophoneOff from '@tabler/icons-react/dist/esm/icons/IconMicrophoneOff.mjs';
import IconUserShare from '@tabler/icons-react/dist/esm/icons/IconUserShare.mjs';
import { useTranslation } from 'react-i18next';
import type { JoinView } from '../../../../shared/api/supervision.ts';
import { supervisionModes } from '../../../../shared/domain/supervision/join.ts';
import { onLevels } from '../../bridge/levels.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { LevelMeter } from '../../components/LevelMeter.tsx';
import { Tag } from '../../components/Tag.tsx';
import { durationText } from '../../i18n/formats.ts';
import { chords } from '../../state/chords.ts';
import { useNow } from '../../state/use-now.ts';
import { leaveCall, setMode, takeOverCall } from './join-orders.ts';
import styles from './JoinStrip.module.css';
import { modeChords, modeColors, modeIcons, modeTones } from './mode-looks.tsx';

/** The supervisor on an agent's call, on whichever page: on whose, who hears the supervisor, and every way on from here. */
export const JoinStrip = ({ join }: { readonly join: JoinView }) => {
  const { t } = useTranslation();
  const { mode, state, wanted, agent, customer } = join;
  const isOpen = usePhone((phone) => phone?.join?.microphone === 'open');
  const isHeard = state === 'running';
  const tone = isHeard ? modeTones[mode] : 'not-ready';
  const Icon = modeIcons[mode];
  return (
    <section
      className={styles['strip']}
      aria-label={t('supervision.region')}
      data-tone={tone}
      data-join-state={state}
      data-join-mode={mode}
      data-microphone={isOpen ? 'open' : 'closed'}
    >
      <div className={styles['icon']} aria-hidden="true">
        <Icon size={24} />
      </div>
      <div className={styles['words']}>
        <p className={styles['title']} role="status">
          {isHeard
            ? t(`supervision.now.${mode}`, { name: agent.name })
            : t(`supervision.state.${state === 'moving' ? 'moving' : 'asked'}`, {
                name: agent.name,
              })}
        </p>
        <p className={styles['text']}>
          <span className={styles['microphone']} data-open={isOpen || undefined}>
            {isOpen ? (
              <IconMicrophone size={15} aria-hidden="true" />
            ) : (
              <IconMicrophoneOff size={15} aria-hidden="true" />
            )}
            {t(isOpen ? 'supervision.microphone.open' : 'supervision.microphone.closed')}
          </span>
          <LevelMeter source={isOpen ? 'microphone' : 'speaker'} subscribe={onLevels} />
          <span>
            {wanted === null || wanted === mode
              ? t(`supervision.heard.${isHeard ? mode : 'listen'}`, { name: agent.name })
              : t(`supervision.changing.${wanted}`)}
          </span>
        </p>
        <p className={styles['text']}>
          <span>
            {customer === null
              ? t('supervision.unknownCustomer')
              : t('supervision.with', { customer })}
          </span>
          <Since at={join.startedAt} />
          <Tag>
            {t(`supervision.seen.${join.covert && join.seen === 'never' ? 'covert' : join.seen}`)}
          </Tag>
        </p>
      </div>
      <div className={styles['buttons']}>
        <div role="group" aria-label={t('supervision.modes')} className={styles['modes']}>
          {supervisionModes.map((each) => {
            const Each = modeIcons[each];
            return (
              <ActionButton
                key={each}
                label={t(`supervision.mode.${each}`)}
                chord={modeChords[each]}
                icon={<Each size={16} aria-hidden="true" />}
                color={mode === each && isHeard ? modeColors[each] : 'not-ready'}
                variant={mode === each && isHeard ? 'filled' : 'light'}
                pressed={mode === each && isHeard}
                disabled={!isHeard}
                onClick={() => {
                  setMode(each);
                }}
              />
            );
          })}
        </div>
        <ActionButton
          label={t('supervision.takeOver')}
          chord={chords.joinTakeOver}
          icon={<IconUserShare size={16} aria-hidden="true" />}
          variant="light"
          disabled={!isHeard}
          onClick={takeOverCall}
        />
        <ActionButton
          label={t('supervision.leave')}
          chord={chords.joinLeave}
          icon={<IconDoorExit size={16} aria-hidden="true" />}
          color="not-ready"
          variant="filled"
          onClick={leaveCall}
        />
      </div>
    </section>
  );
};

const Since = ({ at }: { readonly at: number }) => {
  const now = useNow('second');
  // The running figure is for eyes.
  return (
    <span className="rs-figures" aria-hidden="true">
      {durationText(Math.max(0, now - at))}
    </span>
  );
};
