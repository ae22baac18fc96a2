/** How what is open is shown: what is overdue, what is for today, and what comes later. */

export const listParts = ['overdue', 'today', 'later'] as const;
export type ListPart = (typeof listParts)[number];

/** `tomorrow`: when the next day begins for whoever looks, epoch ms. */
export const listPartOf = (dueAt: number, now: number, tomorrow: number): ListPart => {
  if (dueAt <= now) return 'overdue';
  return dueAt < tomorrow ? 'today' : 'later';
};

/** In the order that they come in; parts without any are left out. */
export const byPart = <Item extends { readonly dueAt: number }>(
  items: readonly Item[],
  now: number,
  tomorrow: number,
): readonly { readonly part: ListPart; readonly items: readonly Item[] }[] =>
  listParts
    .map((part) => ({
      part,
      items: items.filter(({ dueAt }) => listPartOf(dueAt, now, tomorrow) === part),
    }))
    .filter(({ items: own }) => own.length > 0);
