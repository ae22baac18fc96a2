import { spotlight, Spotlight as MantineSpotlight } from '@mantine/spotlight';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../components/KeyHint.tsx';
import type { ListedAction } from './listed-action.ts';
import { change } from '../../state/view-store.ts';
import './mantine-spotlight.css';

/** Everything that can be done now, found by typing. */
export const Spotlight = ({ actions }: { readonly actions: readonly ListedAction[] }) => {
  const { t } = useTranslation();
  useEffect(() => {
    spotlight.open();
  }, []);
  return (
    <MantineSpotlight
      shortcut={null}
      onSpotlightClose={() => {
        change({ spotlight: false });
      }}
      attributes={{ content: { 'aria-label': t('spotlight.open') } }}
      nothingFound={t('spotlight.nothing')}
      highlightQuery
      scrollable
      maxHeight={420}
      // A list that scrolls can be reached without a pointer.
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.3 }}
      transitionProps={{ duration: 0 }}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('spotlight.hint'),
        'aria-label': t('spotlight.hint'),
      }}
      actions={actions
        .filter((action) => action.possible && action.release === undefined)
        .map((action) => ({
          id: action.id,
          label: action.label,
          rightSection: action.chord === null ? null : <KeyHint chord={action.chord} />,
          onClick: action.run,
        }))}
    />
  );
};
