import IconUser from '@tabler/icons-react/dist/esm/icons/IconUser.mjs';
import { initialsOf } from '../i18n/formats.ts';
import styles from './Monogram.module.css';

/** A person's letters; a silhouette for somebody without a name. */
export const Monogram = ({
  name,
  size,
}: {
  readonly name: string;
  readonly size: 'small' | 'large';
}) => {
  const initials = initialsOf(name);
  return (
    <span className={styles['monogram']} data-size={size} aria-hidden="true">
      {initials === '' ? <IconUser size="55%" stroke={1.75} /> : initials}
    </span>
  );
};
