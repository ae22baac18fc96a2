import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FloorLimits } from '../../../../shared/domain/floor/attention.ts';
import styles from './AgentList.module.css';
import { AgentRow, rowId } from './AgentRow.tsx';
import { Definition } from './Definition.tsx';
import { heldOrder } from './floor-view.ts';
import type { FloorWords } from './use-floor-words.ts';
import { useRowKeys } from './use-row-keys.ts';

const rowHeight = 52;
const headHeight = 32;
/** Rows that stand ready beyond what is seen. */
const overscan = 6;
/** So long after the last move of pointer or keys the order stays as it is: nobody clicks who was not there. */
const holdMs = 6_000;

type Props = {
  /** In the order that they need attention. */
  readonly ids: readonly string[];
  readonly openId: string | null;
  readonly limits: FloorLimits;
  readonly words: FloorWords;
  readonly onOpen: (agentId: string) => void;
};

/** The order to show; while somebody points at the list it stays. */
const useCalmOrder = (ids: readonly string[]) => {
  const heldUntil = useRef(0);
  const [order, setOrder] = useState(ids);
  useEffect(() => {
    setOrder((shown) => (performance.now() < heldUntil.current ? heldOrder(shown, ids) : ids));
  }, [ids]);
  const hold = useCallback(() => {
    heldUntil.current = performance.now() + holdMs;
  }, []);
  return { order, hold };
};

const useFocusedRow = (order: readonly string[]) => {
  const [activeId, setActiveId] = useState<string | null>(null);
  const index = activeId === null ? -1 : order.indexOf(activeId);
  return { activeId: index < 0 ? null : activeId, index, setActiveId };
};

const stepOf = (key: string, page: number): number | null => {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return page;
    case 'PageUp':
      return -page;
    case 'Home':
      return -Infinity;
    case 'End':
      return Infinity;
    default:
      return null;
  }
};

/** The agents, as many as there are; only those in sight are drawn. */
export const AgentList = ({ ids, openId, limits, words, onOpen }: Props) => {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { order, hold } = useCalmOrder(ids);
  const { activeId, index, setActiveId } = useFocusedRow(order);
  const joinByKey = useRowKeys();
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes here, and its rows are read where they are drawn
  const rows = useVirtualizer({
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (place) => order[place] ?? place,
    overscan,
    // The head stays on top of what scrolls.
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  const open = useCallback(
    (agentId: string) => {
      setActiveId(agentId);
      onOpen(agentId);
    },
    [setActiveId, onOpen],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget) return;
    if (activeId !== null && joinByKey(event.nativeEvent, activeId)) {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    hold();
    if (event.key === 'Enter' && activeId !== null) {
      event.preventDefault();
      onOpen(activeId);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const step = stepOf(event.key, page);
    if (step === null || order.length === 0) return;
    event.preventDefault();
    const next = Math.min(order.length - 1, Math.max(0, (index < 0 ? -1 : index) + step));
    rows.scrollToIndex(next);
    setActiveId(order[next] ?? null);
  };

  return (
    <div
      ref={scroller}
      className={styles['grid']}
      role="grid"
      tabIndex={0}
      aria-label={t('floor.agents')}
      aria-rowcount={order.length + 1}
      aria-activedescendant={activeId === null ? undefined : rowId(activeId)}
      onKeyDown={onKeyDown}
      onPointerMove={hold}
      onWheel={hold}
    >
      <div role="row" aria-rowindex={1} className={styles['head']}>
        <span role="columnheader">
          <Definition name={t('floor.agent')} text={t('floor.definition.agent')} />
        </span>
        <span role="columnheader">
          <Definition name={t('floor.state')} text={t('floor.definition.state')} />
        </span>
        <span role="columnheader">
          <Definition name={t('floor.call')} text={t('floor.definition.call')} />
        </span>
        <span role="columnheader">
          <Definition name={t('floor.attention')} text={t('floor.definition.attention')} />
        </span>
        <span role="columnheader">
          <span className="rs-hidden">{t('floor.actions')}</span>
        </span>
      </div>
      <div role="rowgroup" className={styles['all']} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index: place, start }) => {
          const id = order[place];
          return id === undefined ? null : (
            <AgentRow
              key={key}
              id={id}
              place={place + 2}
              top={start - headHeight}
              active={id === activeId}
              open={id === openId}
              limits={limits}
              words={words}
              onOpen={open}
            />
          );
        })}
      </div>
    </div>
  );
};
