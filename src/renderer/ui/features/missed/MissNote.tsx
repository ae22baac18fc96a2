import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import IconMessage from '@tabler/icons-react/dist/esm/icons/IconMessage.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MissedMark } from '../../../../shared/api/missed.ts';
import { closeMissNote, openMissNote, saveMissNote, useMissNote } from '../../state/miss-note.ts';
import styles from './MissNote.module.css';

const longestNote = 120;

/** What the agent has to say about a call that was missed: one line. */
export const MissNote = ({
  miss,
  name,
  place,
}: {
  readonly miss: MissedMark;
  /** Who called. */
  readonly name: string;
  readonly place: 'notice' | 'history';
}) => {
  const { t } = useTranslation();
  const opened = useMissNote(({ open }) => open?.missedId === miss.id && open.place === place);
  const label = t('missed.noteOn', { name });
  return (
    <Popover
      opened={opened}
      onChange={(next) => {
        if (!next) closeMissNote();
      }}
      position="bottom-end"
      width={320}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Tooltip
          label={t(miss.note === '' ? 'missed.addNote' : 'missed.changeNote')}
          disabled={opened}
        >
          <ActionIcon
            aria-label={label}
            onClick={() => {
              if (opened) closeMissNote();
              else openMissNote(miss.id, place);
            }}
          >
            <IconMessage size={18} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        {opened ? <NoteForm miss={miss} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
};

const NoteForm = ({ miss }: { readonly miss: MissedMark }) => {
  const { t } = useTranslation();
  const [note, setNote] = useState(miss.note);
  const [saving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    setSaving(true);
    if (await saveMissNote(miss.id, note.trim())) closeMissNote();
    else setSaving(false);
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        className={styles['field'] ?? ''}
        label={t('missed.note')}
        placeholder={t('missed.noteHint')}
        autoComplete="off"
        data-autofocus
        maxLength={longestNote}
        value={note}
        onChange={(event) => {
          setNote(event.currentTarget.value);
        }}
      />
      <Button type="submit" loading={saving}>
        {t('missed.saveNote')}
      </Button>
    </form>
  );
};
