import IconHeadset from '@tabler/icons-react/dist/esm/icons/IconHeadset.mjs';
import IconEye from '@tabler/icons-react/dist/esm/icons/IconEye.mjs';
import { useTranslation } from 'react-i18next';
import type { DemoUsers as DemoUsersAnswer } from '../../../../shared/api/routes.ts';
import { ChoiceRow } from '../../components/ChoiceRow.tsx';
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
            <ChoiceRow
              icon={user.role === 'agent' ? <IconHeadset size={18} /> : <IconEye size={18} />}
              title={user.name}
              about={[`${t(`role.${user.role}`)} · ${user.extension}`]}
              end={<code className={styles['password']}>{user.password}</code>}
              chosen={user.username === chosen}
              disabled={disabled}
              onChoose={() => {
                onChoose(user);
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
};
