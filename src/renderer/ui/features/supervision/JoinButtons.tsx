import IconEyeOff from '@tabler/icons-react/dist/esm/icons/IconEyeOff.mjs';
import { useTranslation } from 'react-i18next';
import { supervisionModes } from '../../../../shared/domain/supervision/join.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { useCapabilities } from '../../state/use-capabilities.ts';
import { joinCall } from './join-orders.ts';
import styles from './JoinButtons.module.css';
import { modeChords, modeColors, modeIcons, modeTones } from './mode-looks.tsx';
import { useOwnJoin } from './use-own-join.ts';

type Props = { readonly agentId: string; readonly name: string; readonly callKey: string };

const useMine = (agentId: string) => {
  const own = useOwnJoin();
  return own?.agent.id === agentId ? own : null;
};

/** Listen, whisper, barge in words. Nothing where the phone system lets nobody join. */
export const JoinButtons = ({ agentId, name, callKey }: Props) => {
  const { t } = useTranslation();
  const { supervision = false } = useCapabilities();
  const mayListenCovertly = useDesk((desk) => desk.mayListenCovertly ?? false);
  const mine = useMine(agentId);
  if (!supervision) return null;
  return (
    <div
      role="group"
      className={styles['buttons']}
      aria-label={t('supervision.joinName', { name })}
    >
      {supervisionModes.map((mode) => {
        const Icon = modeIcons[mode];
        return (
          <ActionButton
            key={mode}
            label={t(`supervision.mode.${mode}`)}
            chord={modeChords[mode]}
            size="xs"
            icon={<Icon size={15} aria-hidden="true" />}
            variant={mine?.mode === mode ? 'filled' : 'light'}
            color={mine?.mode === mode ? modeColors[mode] : 'not-ready'}
            pressed={mine?.mode === mode}
            onClick={() => {
              joinCall({ agentId, callKey, mode }, mine?.agent.id ?? null);
            }}
          />
        );
      })}
      {mayListenCovertly ? (
        <ActionButton
          label={t('supervision.listenUnseen')}
          size="xs"
          icon={<IconEyeOff size={15} aria-hidden="true" />}
          disabled={mine !== null}
          onClick={() => {
            joinCall({ agentId, callKey, mode: 'listen', covert: true }, null);
          }}
        />
      ) : null}
    </div>
  );
};

/** The same for a line of a long list: small, for the pointer alone; the keys mean whoever is chosen in it. */
export const JoinIcons = ({ agentId, name, callKey }: Props) => {
  const { t } = useTranslation();
  const { supervision = false } = useCapabilities();
  const mine = useMine(agentId);
  if (!supervision) return null;
  return (
    <>
      {supervisionModes.map((mode) => {
        const Icon = modeIcons[mode];
        const label = t(`supervision.to.${mode}`, { name });
        return (
          <button
            key={mode}
            type="button"
            tabIndex={-1}
            className={styles['icon']}
            data-tone={mine?.mode === mode ? modeTones[mode] : undefined}
            aria-label={label}
            aria-pressed={mine?.mode === mode}
            title={label}
            onClick={(event) => {
              // The line opens by a click of its own.
              event.stopPropagation();
              joinCall({ agentId, callKey, mode }, mine?.agent.id ?? null);
            }}
          >
            <Icon size={17} aria-hidden="true" />
          </button>
        );
      })}
    </>
  );
};
