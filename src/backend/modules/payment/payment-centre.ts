import { Type, type Static } from 'typebox';
import { isPagePattern } from '../../../shared/domain/payment/payment-page.ts';
import {
  usualPaymentRules,
  type PaymentRules,
} from '../../../shared/domain/payment/payment-pause.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { readCentreSetting, saveCentreSetting } from '../centre/centre-settings.ts';

/** The part of a contact centre's file that says how cards are taken. */
export const paymentCentreSchema = Type.Object(
  {
    /** A pause that nobody ends is over after so long; 180 unless said otherwise. */
    limitSeconds: Type.Optional(Type.Integer({ minimum: 15, maximum: 1_800 })),
    /** So long before that the desk warns; 20. */
    warnSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 120 })),
    /** So many keys of a telephone in a row are a number that is keyed in; 4. 0: keys are of no account. */
    keypadDigits: Type.Optional(Type.Integer({ minimum: 0, maximum: 19 })),
    /** Such a number is complete when no key was pressed for so long; 15. */
    quietSeconds: Type.Optional(Type.Integer({ minimum: 3, maximum: 120 })),
    /** Addresses where cards are taken, `*` for anything in the path. */
    pages: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 20 })),
  },
  { additionalProperties: false },
);

type PaymentPart = { readonly payment?: Immutable<Static<typeof paymentCentreSchema>> };

export const paymentContradictions = ({ payment = {} }: PaymentPart): readonly string[] => {
  const { limitSeconds, warnSeconds } = { ...usualPaymentRules, ...payment };
  return [
    ...(payment.pages ?? []).flatMap((page, at) =>
      isPagePattern(page) ? [] : [`/payment/pages/${at} "${page}" is no https address`],
    ),
    ...(warnSeconds < limitSeconds
      ? []
      : ['/payment/warnSeconds is not shorter than limitSeconds']),
  ];
};

export const savePaymentRules = async (
  transaction: Transaction,
  { payment }: PaymentPart,
): Promise<void> => {
  if (payment === undefined) return;
  await saveCentreSetting(transaction, 'payment', { ...usualPaymentRules, ...payment });
};

export const readPaymentRules = async (database: Queryable): Promise<PaymentRules> => {
  const value = await readCentreSetting<Partial<PaymentRules>>(database, 'payment');
  return { ...usualPaymentRules, ...value };
};

export const showPaymentRules = async (
  database: Queryable,
): Promise<{ readonly payment: PaymentRules }> => ({ payment: await readPaymentRules(database) });
