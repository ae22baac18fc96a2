import { Type, type Static } from 'typebox';
import { isPagePattern } from '../../../shared/domain/payment/payment-page.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { readCentreSetting, saveCentreSetting } from '../centre/centre-settings.ts';

/** The part of a contact centre's file that says which pages help. */
export const helpCentreSchema = Type.Object(
  {
    /** Addresses that open from what is written beside a call, `*` for anything in the path. */
    pages: Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 }),
  },
  { additionalProperties: false },
);

type HelpPart = { readonly help?: Immutable<Static<typeof helpCentreSchema>> };

export const helpContradictions = ({ help }: HelpPart): readonly string[] =>
  (help?.pages ?? []).flatMap((page, at) =>
    isPagePattern(page) ? [] : [`/help/pages/${at} "${page}" is no https address`],
  );

export const saveHelp = async (transaction: Transaction, { help }: HelpPart): Promise<void> => {
  await saveCentreSetting(transaction, 'help', help);
};

export const readHelpPages = async (database: Queryable): Promise<readonly string[]> => {
  const value = await readCentreSetting<NonNullable<HelpPart['help']>>(database, 'help');
  return value?.pages ?? [];
};

/** Left out where there are none. */
export const showHelp = async (database: Queryable): Promise<HelpPart> => {
  const pages = await readHelpPages(database);
  return pages.length === 0 ? {} : { help: { pages: [...pages] } };
};
