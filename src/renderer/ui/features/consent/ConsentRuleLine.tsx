import { Popover, UnstyledButton } from '@mantine/core';
import IconScale from '@tabler/icons-react/dist/esm/icons/IconScale.mjs';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { StandingChoice } from '../../../../shared/api/consent.ts';
import type { ContactCard } from '../../../../shared/api/records.ts';
import { unknownPlace, unlistedPlace } from '../../../../shared/domain/consent/rule-for.ts';
import { dateFormat, listFormat } from '../../i18n/formatters.ts';
import { placeText } from '../../i18n/places.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import type { Work } from '../../state/work.ts';
import styles from './ConsentRuleLine.module.css';
import type { Consent } from './use-consent.ts';

type Rule = NonNullable<ContactCard['consent']['rule']>;
type Reason = Rule['because'][number];

const reasonText = ({ place, source }: Reason, locale: string, t: TFunction): string => {
  if (place === null) return t('consent.place.unknown');
  const name = placeText(place, locale);
  if (source === unlistedPlace) return t('consent.place.unlisted', { place: name });
  return source === unknownPlace ? t('consent.place.somewhere', { place: name }) : name;
};

const standingText = (standing: StandingChoice, locale: string, t: TFunction): string =>
  t(standing.kind === 'granted' ? 'consent.standing.granted' : 'consent.standing.refused', {
    when: dateFormat(locale, { dateStyle: 'medium' }).format(standing.at),
    how: t(`consent.how.${standing.how}`),
  });

const ruleText = (rule: Rule, enough: Consent['enough'], locale: string, t: TFunction): string => {
  if (enough === 'never') return t('consent.rule.never');
  const places = [...new Set(rule.because.map((each) => reasonText(each, locale, t)))];
  const text = t(`consent.rule.${rule.need}`, {
    places: listFormat(locale).format(places),
  });
  // The law would be content with less than this queue is.
  return enough === rule.need ? text : `${text} ${t('consent.rule.queueAsks')}`;
};

/** The rule of this call in plain words, or what the customer said for later calls; behind it the laws and versions. */
export const ConsentRuleLine = ({
  work,
  consent,
}: {
  readonly work: Work;
  readonly consent: Consent;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const rule = work.card?.consent.rule;
  if (rule === undefined) return null;
  const { standing, enough, wording } = consent;
  const isStandingNews = standing !== null && enough !== 'never' && work.stage !== 'wrap_up';
  const law = ruleText(rule, enough, locale, t);
  const line = (
    <>
      <IconScale size={16} aria-hidden="true" />
      <span>{isStandingNews ? standingText(standing, locale, t) : law}</span>
    </>
  );
  // What rings is on the screen before anything is made that nobody can press yet.
  if (work.stage === 'ringing') return <p className={styles['line']}>{line}</p>;
  return (
    <Popover position="top-start" width={380} returnFocus trapFocus>
      <Popover.Target>
        <UnstyledButton className={styles['line'] ?? ''}>{line}</UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('consent.rule.title')}>
        <div className={styles['details']} tabIndex={-1} data-autofocus>
          <h3 className={styles['heading']}>{t('consent.rule.title')}</h3>
          <p>{law}</p>
          <ul className={styles['laws']}>
            {rule.because
              .filter(({ source }) => source !== unknownPlace && source !== unlistedPlace)
              .map((each) => (
                <li key={`${reasonText(each, locale, t)} ${each.source}`}>
                  {reasonText(each, locale, t)}
                  <span className={styles['source']}>{each.source}</span>
                </li>
              ))}
          </ul>
          <p className={styles['versions']}>
            {rule.rulesVersion === ''
              ? null
              : t('consent.rule.version', { version: rule.rulesVersion })}
            {wording.version === null ? null : (
              <span>{t('consent.rule.wording', { version: wording.version })}</span>
            )}
          </p>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
};
