import type { Customer } from '../../../../shared/api/records.ts';
import { plainValue } from '../../../../shared/domain/template/template.ts';
import type { VerificationField } from '../../../../shared/domain/verification/verification.ts';
import { monthText } from '../../i18n/formats.ts';

const tailLength = 4;

const tailOf = (number: string): string => number.replace(/\D/gu, '').slice(-tailLength);

const valuesOf = (
  customer: Customer,
  field: VerificationField,
  locale: string,
): readonly string[] => {
  switch (field) {
    case 'name':
      return [customer.name];
    case 'company':
      return [customer.company];
    case 'city':
      return [customer.city];
    case 'email':
      return [customer.email];
    case 'number_tail':
      return customer.numbers.map(tailOf);
    case 'customer_since':
      return [monthText(customer.since, locale)];
    case 'tag':
      return customer.tags;
    case 'ticket':
      return customer.tickets
        .filter(({ status }) => status !== 'solved')
        .map(({ reference }) => reference);
  }
};

/** What the record says, for the agent to compare with; empty: nothing. */
export const recordText = (customer: Customer, field: VerificationField, locale: string): string =>
  valuesOf(customer, field, locale).map(plainValue).filter(Boolean).join(', ');
