import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import type { ComponentPropsWithRef } from 'react';
import styles from './SearchField.module.css';

type Props = Omit<ComponentPropsWithRef<'input'>, 'className' | 'size'> & {
  /** Read out, not shown; null: a label stands elsewhere. */
  readonly label: string | null;
  /** The only field of a page. */
  readonly large?: boolean;
  /** Something has to be chosen here first. */
  readonly missing?: boolean;
  /** How it stands among others. */
  readonly className?: string | undefined;
};

/** A field that finds things in the list below it. */
export const SearchField = ({
  label,
  large = false,
  missing = false,
  className = '',
  ...input
}: Props) => (
  <label
    className={`${styles['field'] ?? ''} ${className}`}
    data-large={large || undefined}
    data-missing={missing || undefined}
  >
    <IconSearch size={16} aria-hidden="true" />
    {label === null ? null : <span className="rs-hidden">{label}</span>}
    <input className={styles['input']} autoComplete="off" spellCheck={false} {...input} />
  </label>
);
