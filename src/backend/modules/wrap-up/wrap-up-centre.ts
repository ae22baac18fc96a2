import { Type, type Static } from 'typebox';
import { labelSchema } from '../../../shared/api/records.ts';
import { isGroup, leavesOf, type CodeNode } from '../../../shared/domain/wrap-up/code-tree.ts';
import { isTimed, wrapUpModes } from '../../../shared/domain/wrap-up/wrap-up-rules.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { listWrapUpRules } from './wrap-up-repository.ts';

/** The part of a contact centre's file that says how queues want their wrap-ups. */

const strict = { additionalProperties: false } as const;
const code = Type.String({ pattern: '^[a-z0-9_]{1,64}$' });

export const queueWrapUpSchema = Type.Object(
  {
    mode: Type.Enum([...wrapUpModes]),
    /** For the timed modes. */
    seconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 3_600 })),
    /** For `agent_extendable`: what one more time adds, and how often it may. */
    extendSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 3_600 })),
    maximumExtensions: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    /** Absent: one. */
    maximumCodes: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
    /** For the timed modes: what stands when the time ran out and nothing was chosen. */
    defaultCode: Type.Optional(code),
    fields: Type.Optional(
      Type.Array(
        Type.Object(
          {
            key: code,
            label: labelSchema,
            kind: Type.Enum(['text', 'number', 'choice']),
            required: Type.Optional(Type.Boolean()),
            maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
            /** Who writes here takes a payment: the recording is silent meanwhile. */
            payment: Type.Optional(Type.Boolean()),
            /** For `choice`. */
            choices: Type.Optional(
              Type.Array(Type.Object({ value: code, label: labelSchema }, strict), {
                minItems: 1,
                maxItems: 50,
              }),
            ),
          },
          strict,
        ),
        { maxItems: 20 },
      ),
    ),
  },
  strict,
);

export type QueueWrapUp = Immutable<Static<typeof queueWrapUpSchema>>;

type QueuePart = { readonly name: string; readonly wrapUp?: QueueWrapUp };
type CodePart = { readonly code: string; readonly parent?: string };

const usualMaxLength = 200;

/** What the schema cannot say of a queue's wrap-ups. */
export const wrapUpContradictions = (queues: readonly QueuePart[]): readonly string[] =>
  queues.flatMap(({ name, wrapUp }) => {
    if (wrapUp === undefined) return [];
    const { mode, seconds, defaultCode, extendSeconds, maximumExtensions, fields = [] } = wrapUp;
    const timed = isTimed({ mode });
    const keys = fields.map(({ key }) => key);
    return [
      timed && seconds === undefined ? `the mode "${mode}" lacks seconds` : null,
      timed && defaultCode === undefined ? `the mode "${mode}" lacks a defaultCode` : null,
      mode === 'agent_extendable' &&
      (extendSeconds === undefined || maximumExtensions === undefined)
        ? 'more time lacks extendSeconds or maximumExtensions'
        : null,
      ...fields.map(({ key, kind, choices }) =>
        (kind === 'choice') === (choices === undefined)
          ? `the field "${key}" is a choice and lacks choices, or the reverse`
          : null,
      ),
      ...keys.map((key, at) =>
        keys.indexOf(key) === at ? null : `the field "${key}" stands there twice`,
      ),
    ]
      .filter((problem) => problem !== null)
      .map((problem) => `queues: wrapUp of "${name}": ${problem}`);
  });

/** After queues and codes are there. */
export const saveWrapUps = async (
  transaction: Transaction,
  queues: readonly QueuePart[],
  codes: readonly CodePart[],
): Promise<void> => {
  for (const { code: name, parent } of codes) {
    await transaction.query(
      `UPDATE wrap_up_codes SET parent = (SELECT code FROM wrap_up_codes WHERE code = $2) WHERE code = $1`,
      [name, parent ?? null],
    );
  }
  for (const queue of queues) {
    const { name } = queue;
    const wrapUp: QueueWrapUp = queue.wrapUp ?? { mode: 'required' };
    await transaction.query(
      `UPDATE queues SET wrap_up_mode = $2, wrap_up_seconds = $3, wrap_up_extend_seconds = $4,
         wrap_up_maximum_extensions = $5, wrap_up_maximum_codes = $6,
         wrap_up_default_code = (SELECT code FROM wrap_up_codes WHERE code = $7) WHERE name = $1`,
      [
        name,
        wrapUp.mode,
        wrapUp.seconds ?? null,
        wrapUp.extendSeconds ?? 0,
        wrapUp.maximumExtensions ?? 0,
        wrapUp.maximumCodes ?? 1,
        wrapUp.defaultCode ?? null,
      ],
    );
    await transaction.query('DELETE FROM wrap_up_fields WHERE queue = $1', [name]);
    for (const [position, field] of (wrapUp.fields ?? []).entries()) {
      await transaction.query(
        `INSERT INTO wrap_up_fields (queue, key, position, label, kind, required, maximum_length, choices,
           payment) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          name,
          field.key,
          position,
          field.label,
          field.kind,
          field.required ?? false,
          field.maxLength ?? usualMaxLength,
          JSON.stringify(field.choices ?? []),
          field.payment ?? false,
        ],
      );
    }
  }
};

/** What does not fit together once everything is there: parents and default codes. */
export const wrapUpProblems = async (
  database: Queryable,
  queues: readonly QueuePart[],
  codes: readonly CodePart[],
): Promise<readonly string[]> => {
  const rows = await database.query<{
    readonly code: string;
    readonly queue: string | null;
    readonly parent: string | null;
    readonly active: boolean;
  }>('SELECT code, queue, parent, active FROM wrap_up_codes ORDER BY position, code');
  const known: readonly CodeNode[] = rows
    .filter(({ active }) => active)
    .map(({ code: name, queue, parent }) =>
      parent === null ? { code: name, queue } : { code: name, queue, parent },
    );
  const node = (name: string) => rows.find((row) => row.code === name);
  const parents = codes.flatMap(({ code: name, parent }) => {
    if (parent === undefined) return [];
    const group = node(parent);
    const child = node(name);
    if (group === undefined)
      return [`wrapUpCodes: "${name}" stands in "${parent}", which is no code`];
    if (child !== undefined && group.queue !== null && group.queue !== child.queue) {
      return [`wrapUpCodes: "${name}" stands in "${parent}", which is of another queue`];
    }
    const reached = leavesOf(known, child?.queue ?? null);
    return child?.active !== true ||
      isGroup(known, name) ||
      reached.some((leaf) => leaf.code.code === name)
      ? []
      : [`wrapUpCodes: "${name}" stands in a circle`];
  });
  const defaults = queues.flatMap(({ name, wrapUp }) => {
    const chosen = wrapUp?.defaultCode;
    if (chosen === undefined) return [];
    return leavesOf(known, name).some((leaf) => leaf.code.code === chosen)
      ? []
      : [`queues: wrapUp of "${name}": the defaultCode "${chosen}" is no code of this queue`];
  });
  return [...parents, ...defaults];
};

/** How the queues want their wrap-ups, as the file has it. */
export const showWrapUps = async (
  database: Queryable,
): Promise<ReadonlyMap<string, QueueWrapUp>> => {
  const rules = await listWrapUpRules(database);
  return new Map(
    rules.map(({ queue, fields, ...rule }) => [
      queue,
      {
        mode: rule.mode,
        ...(rule.seconds === 0 ? {} : { seconds: rule.seconds }),
        ...(rule.extendSeconds === 0 ? {} : { extendSeconds: rule.extendSeconds }),
        ...(rule.maximumExtensions === 0 ? {} : { maximumExtensions: rule.maximumExtensions }),
        ...(rule.maximumCodes === 1 ? {} : { maximumCodes: rule.maximumCodes }),
        ...(rule.defaultCode === null ? {} : { defaultCode: rule.defaultCode }),
        ...(fields.length === 0
          ? {}
          : {
              fields: fields.map(({ choices, ...field }) =>
                choices.length === 0 ? field : { ...field, choices },
              ),
            }),
      },
    ]),
  );
};
