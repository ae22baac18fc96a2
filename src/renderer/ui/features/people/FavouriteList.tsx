import { ActionIcon, Menu } from '@mantine/core';
import IconArrowDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import IconArrowUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import IconStar from '@tabler/icons-react/dist/esm/icons/IconStar.mjs';
import IconStarOff from '@tabler/icons-react/dist/esm/icons/IconStarOff.mjs';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Favourite } from '../../../../shared/api/favourites.ts';
import { moveByArrows } from '../../components/arrow-rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { moveFavourite, toggleFavourite, useFavourites } from '../../state/favourites.ts';
import { useFreshTargets } from '../../state/targets-store.ts';
import styles from './People.module.css';
import { FavouriteRow } from './PeopleRows.tsx';

/** It may stand on the desk all day. */
const freshEveryMs = 10_000;

/** Whom the agent wants at hand: called by one press; Alt and an arrow move a line, Delete takes it out. */
export const FavouriteList = () => {
  const { t } = useTranslation();
  const favourites = useFavourites();
  const { targets } = useFreshTargets(freshEveryMs);
  const list = useRef<HTMLUListElement>(null);

  const rows = (): readonly HTMLElement[] => [
    ...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? []),
  ];
  const focusRow = (index: number): void => {
    requestAnimationFrame(() => rows()[Math.max(0, index)]?.focus());
  };
  const move = async (index: number, by: -1 | 1): Promise<void> => {
    const favourite = favourites[index];
    if (favourite === undefined || favourites[index + by] === undefined) return;
    await moveFavourite(favourite, by);
    focusRow(index + by);
  };
  const takeOut = async (index: number): Promise<void> => {
    const favourite = favourites[index];
    if (favourite === undefined) return;
    await toggleFavourite(favourite);
    focusRow(Math.min(index, favourites.length - 2));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const index = rows().findIndex((row) => row === event.target);
    if (index < 0 || moveByArrows(event) || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    if (event.altKey && event.key === 'ArrowUp') void move(index, -1);
    else if (event.altKey && event.key === 'ArrowDown') void move(index, 1);
    else if (!event.altKey && event.key === 'Delete') void takeOut(index);
    else return;
    event.preventDefault();
  };

  if (favourites.length === 0) {
    return (
      <EmptyState
        icon={<IconStar size={28} stroke={1.5} />}
        title={t('favourite.none')}
        text={t('favourite.noneText')}
      />
    );
  }
  return (
    <ul
      ref={list}
      className={styles['list']}
      aria-label={t('favourite.title')}
      onKeyDown={onKeyDown}
    >
      {favourites.map((favourite, index) => (
        <FavouriteRow
          key={`${favourite.kind} ${favourite.target}`}
          favourite={favourite}
          targets={targets}
        >
          <OrderMenu
            favourite={favourite}
            onUp={index === 0 ? null : () => void move(index, -1)}
            onDown={index === favourites.length - 1 ? null : () => void move(index, 1)}
            onTakeOut={() => void takeOut(index)}
          />
        </FavouriteRow>
      ))}
    </ul>
  );
};

const OrderMenu = ({
  favourite,
  onUp,
  onDown,
  onTakeOut,
}: {
  readonly favourite: Favourite;
  /** null: there is no such way. */
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  readonly onTakeOut: () => void;
}) => {
  const { t } = useTranslation();
  const name = favourite.label === '' ? favourite.target : favourite.label;
  return (
    <Menu position="bottom-end" width={200} withinPortal={false} floatingStrategy="fixed">
      <Menu.Target>
        <ActionIcon aria-label={t('favourite.order', { name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowUp size={16} />}
          disabled={onUp === null}
          onClick={onUp ?? undefined}
        >
          {t('favourite.up')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={16} />}
          disabled={onDown === null}
          onClick={onDown ?? undefined}
        >
          {t('favourite.down')}
        </Menu.Item>
        <Menu.Item leftSection={<IconStarOff size={16} />} onClick={onTakeOut}>
          {t('favourite.takeOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
