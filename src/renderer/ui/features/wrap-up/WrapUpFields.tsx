import { NativeSelect, TextInput } from '@mantine/core';
import type { FocusEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { WrapUpFieldView } from '../../../../shared/api/wrap-ups.ts';
import { useLabel } from '../../i18n/use-locale.ts';
import styles from './WrapUpFields.module.css';

/** What a queue asks for beside code and notes. */
export const WrapUpFields = ({
  fields,
  values,
  missing,
  idOf,
  onPayment,
  onChange,
}: {
  readonly fields: readonly WrapUpFieldView[];
  readonly values: Readonly<Record<string, string>>;
  /** Why a field will not do, by its key. */
  readonly missing: Readonly<Record<string, string>>;
  readonly idOf: (key: string) => string;
  /** A field in which a payment is taken got the caret, or lost it; absent: there is no call. */
  readonly onPayment?: ((isOpen: boolean) => void) | undefined;
  readonly onChange: (key: string, value: string) => void;
}) => {
  const { t } = useTranslation();
  const label = useLabel();
  if (fields.length === 0) return null;
  return (
    <div className={styles['fields']}>
      {fields.map((field) => {
        const { key, kind, required, maxLength, choices } = field;
        const shared = {
          id: idOf(key),
          label: label(field.label),
          required,
          error: missing[key] ?? null,
          value: values[key] ?? '',
          size: 'sm',
          classNames: { label: styles['label'] ?? '', error: styles['error'] ?? '' },
          ...(field.payment === true && onPayment !== undefined
            ? {
                description: t('payment.fieldHint'),
                onFocus: () => {
                  onPayment(true);
                },
                onBlur: ({ currentTarget }: FocusEvent) => {
                  // Another program in front takes no caret away: the card is still being taken.
                  if (currentTarget !== document.activeElement) onPayment(false);
                },
              }
            : {}),
        } as const;
        return kind === 'choice' ? (
          <NativeSelect
            key={key}
            {...shared}
            data={[
              { value: '', label: t('wrapUp.noChoice') },
              ...choices.map((choice) => ({ value: choice.value, label: label(choice.label) })),
            ]}
            onChange={(event) => {
              onChange(key, event.currentTarget.value);
            }}
          />
        ) : (
          <TextInput
            key={key}
            {...shared}
            maxLength={maxLength}
            autoComplete="off"
            spellCheck={false}
            inputMode={kind === 'number' ? 'decimal' : 'text'}
            onChange={(event) => {
              onChange(key, event.currentTarget.value);
            }}
          />
        );
      })}
    </div>
  );
};
