import { Button, Menu, Switch, TextInput } from '@mantine/core';
import IconBookmark from '@tabler/icons-react/dist/esm/icons/IconBookmark.mjs';
import { useEffect, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportChoice, ReportViewKept } from '../../../../shared/api/report-sheet.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { order } from '../../state/orders.ts';
import { readViews, useReports } from '../../state/reports-store.ts';
import styles from './Reports.module.css';

const isSame = (a: ReportChoice, b: ReportChoice): boolean => {
  const text = (choice: ReportChoice): string =>
    JSON.stringify(Object.entries(choice).toSorted(([x], [y]) => (x < y ? -1 : 1)));
  return text(a) === text(b);
};

/** What the user looks at again and again: taken out of a menu, kept under a name, shared with the team. */
export const SavedViews = ({
  naming,
  onNaming,
}: {
  /** The form for a name is open. */
  readonly naming: boolean;
  readonly onNaming: (naming: boolean) => void;
}) => {
  const { t } = useTranslation();
  const views = useReports((kept) => kept.views);
  const choice = useReports((kept) => kept.choice);
  const me = useDesk(({ session }) => (session.state === 'signed_in' ? session.user.id : ''));
  useEffect(() => void readViews(), []);
  const shown = views.find((view) => isSame(view.choice, choice));
  const own = shown?.owner.id === me ? shown : undefined;
  const remove = async (view: ReportViewKept): Promise<void> => {
    const answer = await order('reports.removeView', { viewId: view.id });
    if (!answer.ok) return;
    giveNotice({
      tone: 'info',
      text: t('reports.saved.removed', { name: view.name }),
      detail: null,
    });
    await readViews();
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="light"
          color="not-ready"
          size="compact-sm"
          leftSection={<IconBookmark size={16} />}
        >
          {shown?.name ?? t('reports.saved.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.length === 0 ? <Menu.Label>{t('reports.saved.none')}</Menu.Label> : null}
        {views.map((view) => (
          <Menu.Item
            key={view.id}
            {...(view.id === shown?.id ? { 'aria-current': true } : {})}
            onClick={() => {
              useReports.setState({ choice: view.choice, drill: null });
            }}
            rightSection={
              <span className={styles['owner']}>
                {view.owner.id === me
                  ? view.shared
                    ? t('reports.saved.shared')
                    : ''
                  : view.owner.name}
              </span>
            }
          >
            {view.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          onClick={() => {
            onNaming(!naming);
          }}
        >
          {t('reports.saved.add')}
        </Menu.Item>
        {own === undefined ? null : (
          <>
            <Menu.Item
              onClick={() => {
                const { id: viewId, name, shared } = own;
                void order('reports.saveView', {
                  ...{ viewId, name, choice, shared: !shared },
                }).then(readViews);
              }}
            >
              {t(own.shared ? 'reports.saved.unshare' : 'reports.saved.share')}
            </Menu.Item>
            <Menu.Item color="danger" onClick={() => void remove(own)}>
              {t('reports.saved.remove', { name: own.name })}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
};

/** A name for the page as it stands. */
export const ViewNameForm = ({ onDone }: { readonly onDone: () => void }) => {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [saving, setSaving] = useState(false);
  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (name.trim() === '') return;
    setSaving(true);
    const { choice } = useReports.getState();
    const answer = await order('reports.saveView', { name: name.trim(), shared, choice });
    setSaving(false);
    if (!answer.ok) return;
    await readViews();
    onDone();
  };
  return (
    <form
      className={styles['naming']}
      aria-label={t('reports.saved.add')}
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <TextInput
        autoFocus
        required
        maxLength={80}
        label={t('reports.saved.name')}
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      <Switch
        size="sm"
        label={t('reports.saved.shareTeam')}
        checked={shared}
        onChange={(event) => {
          setShared(event.currentTarget.checked);
        }}
      />
      <Button type="submit" loading={saving} disabled={name.trim() === ''}>
        {t('common.save')}
      </Button>
      <Button variant="subtle" color="not-ready" onClick={onDone}>
        {t('common.cancel')}
      </Button>
    </form>
  );
};
