/** A wrap-up code, or a group of codes. `queue` null: for every queue and for calls without one. */
export type CodeNode = {
  readonly code: string;
  readonly queue: string | null;
  /** The group that it stands in; absent: at the top. */
  readonly parent?: string | undefined;
};

/** A code that can be chosen, with the groups that lead to it, the outermost first. */
export type CodeLeaf<Code extends CodeNode> = {
  readonly code: Code;
  readonly path: readonly Code[];
};

/** A code in which others stand is no answer by itself. */
export const isGroup = (codes: readonly CodeNode[], code: string): boolean =>
  codes.some((other) => other.parent === code);

/** Codes and groups for calls of this queue, the queue's own before the general ones. */
const codesOf = <Code extends CodeNode>(
  codes: readonly Code[],
  queue: string | null,
): readonly Code[] => [
  ...codes.filter((code) => code.queue !== null && code.queue === queue),
  ...codes.filter((code) => code.queue === null),
];

/** What may be chosen for a call of this queue, in the order of the tree. */
export const leavesOf = <Code extends CodeNode>(
  codes: readonly Code[],
  queue: string | null,
): readonly CodeLeaf<Code>[] => {
  const known = codesOf(codes, queue);
  const within = (group: Code, path: readonly Code[]): readonly CodeLeaf<Code>[] => {
    if (!isGroup(codes, group.code)) return [{ code: group, path }];
    return known
      .filter(({ parent }) => parent === group.code)
      .flatMap((child) => within(child, [...path, group]));
  };
  // What stands in a group that is not there stands at the top; no way leads there from groups that stand in each other.
  const isTop = ({ parent }: Code): boolean =>
    parent === undefined || !known.some(({ code }) => code === parent);
  return known.filter(isTop).flatMap((code) => within(code, []));
};
