import { useTranslation } from 'react-i18next';
import styles from './Reports.module.css';

/** How many answers a figure is made of; few of them are said to be few. */
export const AnswersBehind = ({
  count,
  few,
}: {
  readonly count: number;
  readonly few: boolean;
}) => {
  const { t } = useTranslation();
  return (
    <span className={styles['answers']}>
      {' '}
      {t(few ? 'reports.fewAnswers' : 'reports.answers', { count })}
    </span>
  );
};
