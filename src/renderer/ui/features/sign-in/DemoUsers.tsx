import IconHeadset from '@tabler/icons-react/dist/esm/icons/IconHeadset.mjs';
import IconEye from '@tabler/icons-react/dist/esm/icons/IconEye.mjs';
import { useTranslation } from 'react-i18next';
import type { DemoUsers as DemoUsersAnswer } from '../../../../shared/api/routes.ts';
import styles from './DemoUsers.module.css';

type DemoUser = DemoUsersAnswer['users'][number];

/** The people of the demo contact centre; one press fills the form with one of them. */
export const DemoUsers = ({
  users,
  chosen,
  disabled,
  onChoose,
}: {
  readonly users: readonly DemoUser[];
  readonly chosen: string;
  readonly disabled: boolean;
  readonly onChoose: (user: DemoUser) => void;
}) => {
  const { t } = useTranslation();
  return (
    <section className={styles['demo']} aria-label={t('signIn.demo')}>
      <h2 className={styles['title']}>{t('signIn.demo')}</h2>
      <p className={styles['help']}>{t('signIn.demoHelp')}</p>
      <ul className={styles['list']}>
        {users.map((user) => (
          <li key={user.username}>
            <button
              type="button"
              className={styles['user']}
              aria-pressed={user.username === chosen}
              disabled={disabled}
              onClick={() => {
                onChoose(user);
              }}
            >
              <span className={styles['icon']}>
                {user.role === 'agent' ? <IconHeadset size={18} /> : <IconEye size={18} />}
              </span>
              <span className={styles['who']}>
                <span className={styles['name']}>{user.name}</span>
                <span className={styles['role']}>
                  {t(`role.${user.role}`)} · {user.extension}
                </span>
              </span>
              <code className={styles['password']}>{user.password}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
